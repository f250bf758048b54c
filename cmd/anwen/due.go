package main

import (
	"fmt"
	"time"

	"anwen/complaints"
	"anwen/internal/errs"
)

type dueCommand struct {
	Class    string `required:"" enum:"general,complex" help:"general (48 hours) or complex (7 working days)."`
	Received string `required:"" help:"When it was received: 2024-02-08T10:00, or with an offset, or a date alone."`
	Zone     string `default:"Asia/Shanghai" help:"Time zone of the unit."`
	Calendar string `default:"cn" help:"Working-day calendar; cn is built in."`
	JSON     bool   `name:"json" help:"Print as JSON."`
}

// Run answers by the built-in rule set and calendar; it needs no database.
func (d dueCommand) Run(t terminal) error {
	zone, err := time.LoadLocation(d.Zone)
	if err != nil {
		return fmt.Errorf("%q is no time zone, such as Asia/Shanghai", d.Zone)
	}
	calendar := complaints.PRC()
	if d.Calendar != calendar.Code {
		return errs.New(errs.NotFound, "complaints.unknown_calendar", errs.Args{"code": d.Calendar})
	}
	receipt, err := parseReceipt(d.Received, zone)
	if err != nil {
		return err
	}
	rules := complaints.HouseRules()
	due := complaints.DueOf(complaints.Class(d.Class), receipt, rules, calendar)
	if d.JSON {
		return printJSON(t, map[string]any{
			"class": d.Class, "received_at": receipt.At.Format(time.RFC3339), "due_on": due.On.Format(time.DateOnly), "due_at": due.At.Format(time.RFC3339),
			"beyond_calendar": due.CalendarIncomplete, "calendar": calendar.Code, "calendar_complete_until": calendar.CompleteUntil.Format(time.DateOnly),
			"rule_set": fmt.Sprintf("%s/%d", rules.Code, rules.Number),
		})
	}
	fmt.Fprintf(t.out, "%s\n", due.At.In(zone).Format("2006-01-02 15:04:05 -07:00"))
	if due.CalendarIncomplete {
		fmt.Fprintf(t.err, "the calendar is complete until %s: holidays after it are not counted\n", calendar.CompleteUntil.Format(time.DateOnly))
	}
	return nil
}

func parseReceipt(s string, zone *time.Location) (complaints.Receipt, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"} {
		if at, err := time.ParseInLocation(layout, s, zone); err == nil {
			return complaints.Receipt{At: at, Precision: complaints.Instant, Zone: zone}, nil
		}
	}
	if at, err := time.ParseInLocation(time.DateOnly, s, zone); err == nil {
		return complaints.Receipt{At: at, Precision: complaints.Day, Zone: zone}, nil
	}
	return complaints.Receipt{}, errs.New(errs.Invalid, "complaints.no_instant", errs.Args{"value": s})
}
