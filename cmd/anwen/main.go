// Command anwen serves staff training and policy learning for a financial
// institution. It wires the rooms together and knows nothing itself.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// version is set by the build: -ldflags "-X main.version=…".
var version = "development"

// The exit codes of every command.
const (
	exitDone    = 0
	exitRefused = 1
	exitUsage   = 2
)

type commands struct {
	Serve   serveCommand   `cmd:"" help:"Serve the API and the client."`
	Demo    demoCommand    `cmd:"" help:"Serve a sample institution from a private database, ready to click."`
	Migrate migrateCommand `cmd:"" help:"Bring the database schema up to this program."`
	Export  exportCommand  `cmd:"" help:"Write out what is published."`
	Import  importCommand  `cmd:"" help:"Import people, courses, policies, briefings, complaints or questions."`
	Staff   staffCommand   `cmd:"" help:"Let people in: temporary passwords and roles."`
	Policy  policyCommand  `cmd:"" help:"Compare policy texts."`
	Due     dueCommand     `cmd:"" help:"When is a complaint due?"`
	Verify  verifyCommand  `cmd:"" help:"Prove that records were not changed."`
	Bench   benchCommand   `cmd:"" help:"Play many people against a running server."`
	OpenAPI openapiCommand `cmd:"" name:"openapi" help:"Print the description of the API."`
	Config  configCommand  `cmd:"" help:"Print the effective configuration, secrets masked."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// terminal is what a command speaks to.
type terminal struct {
	out, err io.Writer
	getenv   func(string) string
	locale   i18n.Locale
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], terminal{out: os.Stdout, err: os.Stderr, getenv: os.Getenv})
	stop()
	os.Exit(code)
}

// run is main without the process: it returns the exit code.
func run(ctx context.Context, args []string, t terminal) int {
	t.locale = i18n.Match(firstOf(t.getenv("LC_ALL"), t.getenv("LC_MESSAGES"), t.getenv("LANG")))
	var c commands
	asked := false // for help, which kong prints and then wants to exit
	parser, err := kong.New(&c, kong.Name("anwen"), kong.UsageOnError(), kong.Writers(t.out, t.err),
		kong.Description("Staff training and policy learning for financial institutions."),
		kong.Exit(func(int) { asked = true }))
	if err != nil {
		panic(err) // the command struct itself is wrong
	}
	parsed, err := parser.Parse(args)
	if asked {
		return exitDone
	}
	if err != nil {
		parser.FatalIfErrorf(err)
		return exitUsage
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(t); err != nil {
		t.report(err)
		return exitRefused
	}
	return exitDone
}

// report prints a failure in the user's language, one line per fault.
func (t terminal) report(err error) {
	var e *errs.Error
	if errors.Is(err, errPrinted) {
		return
	}
	if !errors.As(err, &e) {
		fmt.Fprintln(t.err, err)
		return
	}
	fmt.Fprintln(t.err, i18n.Text(t.locale, e.Code, e.Args))
	for _, f := range e.Faults {
		place := f.Place.String()
		if place != "" {
			place += ": "
		}
		fmt.Fprintf(t.err, "%s%s\n", place, i18n.Text(t.locale, f.Code, f.Args))
	}
	if cause := errors.Unwrap(e); cause != nil {
		fmt.Fprintln(t.err, cause)
	}
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// logger writes what is at least so grave.
func (t terminal) logger(format string, least slog.Level) *slog.Logger {
	options := &slog.HandlerOptions{Level: least}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(t.err, options))
	}
	return slog.New(slog.NewTextHandler(t.err, options))
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(t terminal) error {
	fmt.Fprintln(t.out, "anwen", version)
	return nil
}
