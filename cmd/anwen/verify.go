package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"anwen/internal/audit"
)

type verifyCommand struct {
	Audit verifyAuditCommand `cmd:"" help:"Recompute the hash chain of the audit log."`
}

type verifyAuditCommand struct {
	JSON bool `name:"json" help:"Print the report as JSON."`
}

// Run proves the chain; a broken one is exit code 1.
func (v verifyAuditCommand) Run(ctx context.Context, t terminal) error {
	h, err := openExisting(ctx, t)
	if err != nil {
		return err
	}
	defer h.close()
	r, err := audit.Verify(ctx, h.db)
	if err != nil {
		return err
	}
	if v.JSON {
		err = json.NewEncoder(t.out).Encode(map[string]any{"seals": r.Seals, "events": r.Events,
			"unsealed": r.Unsealed, "head": r.Head, "faults": append([]string{}, r.Faults...)})
	} else {
		fmt.Fprintf(t.out, "%d seals over %d events, %d waiting for the next seal\nhead %s\n", r.Seals, r.Events, r.Unsealed, r.Head)
		for _, f := range r.Faults {
			fmt.Fprintln(t.out, f)
		}
	}
	if err == nil && len(r.Faults) > 0 {
		return errors.New("the audit log is broken")
	}
	return err
}
