package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"anwen/policies"
	"anwen/policies/clauses"
)

type policyCommand struct {
	Diff policyDiff `cmd:"" help:"How a policy text differs from an older one, clause by clause."`
}

type policyDiff struct {
	Old  string `arg:"" type:"existingfile" help:"The older text: Word, Markdown or plain."`
	New  string `arg:"" type:"existingfile" help:"The newer text."`
	JSON bool   `name:"json" help:"Print as JSON."`
}

// Run compares two files; it needs no database.
func (p policyDiff) Run(t terminal) error {
	old, err := policyText(p.Old)
	if err != nil {
		return err
	}
	new, err := policyText(p.New)
	if err != nil {
		return err
	}
	d := clauses.Compare(old, new)
	if p.JSON {
		return printJSON(t, differenceReport(d, old, new))
	}
	for _, pair := range d.Pairs {
		if pair.Change == clauses.Same && !pair.Renumbered && !pair.Moved {
			continue
		}
		fmt.Fprintf(t.out, "%s\n%s\n\n", pairHead(d, pair), pairText(pair))
	}
	return nil
}

func policyText(path string) (string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	f, err := policies.ReadTextFile(filepath.Base(path), raw)
	return f.Text, err
}

// pairHead says which clause became which, such as "第十条 → 第十一条 (changed)".
func pairHead(d clauses.Difference, p clauses.Pair) string {
	from, to := names(d.Old, p.Old), names(d.New, p.New)
	words := string(p.Change)
	if p.Renumbered {
		words += ", renumbered"
	}
	if p.Moved {
		words += ", moved"
	}
	switch {
	case from == to, to == "":
		return fmt.Sprintf("%s (%s)", from, words)
	case from == "":
		return fmt.Sprintf("%s (%s)", to, words)
	}
	return fmt.Sprintf("%s → %s (%s)", from, to, words)
}

func names(d clauses.Document, places []int) string {
	list := make([]string, len(places))
	for i, place := range places {
		list[i] = d.Clauses[place].Name()
	}
	return strings.Join(list, ", ")
}

// pairText marks what was deleted [-so-] and what was inserted {+so+}.
func pairText(p clauses.Pair) string {
	var b strings.Builder
	for _, r := range p.Runs {
		switch r.Op {
		case clauses.Delete:
			fmt.Fprintf(&b, "[-%s-]", r.Text)
		case clauses.Insert:
			fmt.Fprintf(&b, "{+%s+}", r.Text)
		default:
			b.WriteString(r.Text)
		}
	}
	return strings.TrimSpace(b.String())
}

type clauseReport struct {
	Index   int    `json:"index"`
	Kind    string `json:"kind"`
	Number  string `json:"number,omitempty"`
	Title   string `json:"title,omitempty"`
	Address string `json:"address"`
	Bytes   int    `json:"bytes"` // of its text: the runs of a pair, cut by these, give each clause back
}

type runReport struct {
	Op   clauses.Op `json:"op"`
	Text string     `json:"text"`
}

type pairReport struct {
	Change     clauses.Change `json:"change"`
	Renumbered bool           `json:"renumbered,omitempty"`
	Moved      bool           `json:"moved,omitempty"`
	Old        []clauseReport `json:"old"`
	New        []clauseReport `json:"new"`
	Runs       []runReport    `json:"runs"`
}

func differenceReport(d clauses.Difference, old, new string) any {
	pairs := make([]pairReport, len(d.Pairs))
	for i, p := range d.Pairs {
		pairs[i] = pairReport{Change: p.Change, Renumbered: p.Renumbered, Moved: p.Moved,
			Old: clauseReports(d.Old, p.Old), New: clauseReports(d.New, p.New), Runs: []runReport{}}
		for _, r := range p.Runs {
			pairs[i].Runs = append(pairs[i].Runs, runReport(r))
		}
	}
	return map[string]any{
		"old":     map[string]any{"clauses": len(d.Old.Clauses), "sha256": fmt.Sprintf("%x", sha256.Sum256([]byte(old)))},
		"new":     map[string]any{"clauses": len(d.New.Clauses), "sha256": fmt.Sprintf("%x", sha256.Sum256([]byte(new)))},
		"summary": d.Summary(),
		"pairs":   pairs,
	}
}

func clauseReports(d clauses.Document, places []int) []clauseReport {
	list := make([]clauseReport, len(places))
	for i, place := range places {
		c := d.Clauses[place]
		list[i] = clauseReport{Index: place, Kind: string(c.Kind), Number: c.Number, Title: c.Title, Address: c.Address, Bytes: len(c.Text)}
	}
	return list
}
