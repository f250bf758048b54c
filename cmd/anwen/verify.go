package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"anwen/internal/audit"
)

type verifyCommand struct {
	Audit    verifyAuditCommand    `cmd:"" help:"Recompute the hash chain of the audit log."`
	Evidence verifyEvidenceCommand `cmd:"" help:"Recompute what the other records promise: grades, completions, certificates, acknowledgements, briefings."`
}

type verifyAuditCommand struct {
	Head string `placeholder:"HASH" help:"A head that was printed before: it must still be in the chain."`
	JSON bool   `name:"json" help:"Print the report as JSON."`
}

// Validate refuses a head that is none.
func (v verifyAuditCommand) Validate() error {
	if _, ok := audit.Head(v.Head); v.Head != "" && !ok {
		return errors.New("--head: not a hash of 64 hexadecimal digits")
	}
	return nil
}

// Run proves the chain; a broken one is exit code 1.
func (v verifyAuditCommand) Run(ctx context.Context, t terminal) error {
	h, err := openExisting(ctx, t)
	if err != nil {
		return err
	}
	defer h.close()
	var head []byte
	if v.Head != "" {
		head, _ = audit.Head(v.Head) // Validate has seen it
	}
	r, err := audit.Verify(ctx, h.db, head)
	if err != nil {
		return err
	}
	if v.JSON {
		err = json.NewEncoder(t.out).Encode(map[string]any{"seals": r.Seals, "events": r.Events,
			"unsealed": r.Unsealed, "head": r.Head, "head_at": r.HeadAt, "faults": append([]string{}, r.Faults...)})
	} else {
		fmt.Fprintf(t.out, "%d seals over %d events, %d waiting for the next seal\nhead %s\n", r.Seals, r.Events, r.Unsealed, r.Head)
		if r.HeadAt > 0 {
			fmt.Fprintf(t.out, "the head that was asked for is that of seal %d\n", r.HeadAt)
		}
		for _, f := range r.Faults {
			fmt.Fprintln(t.out, f)
		}
	}
	if err == nil && len(r.Faults) > 0 {
		return errors.New("the audit log is broken")
	}
	return err
}
