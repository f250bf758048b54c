package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

type verifyEvidenceCommand struct {
	JSON bool `name:"json" help:"Print the report as JSON."`
}

// Run compares the records with what they follow from; a difference is exit code 1.
func (v verifyEvidenceCommand) Run(ctx context.Context, t terminal) error {
	h, err := openExisting(ctx, t)
	if err != nil {
		return err
	}
	defer h.close()
	r, err := h.records.VerifyEvidence(ctx)
	if err != nil {
		return err
	}
	if v.JSON {
		type kind struct {
			Kind        string `json:"kind"`
			Checked     int64  `json:"checked"`
			Early       int64  `json:"early,omitempty"`
			Differences int64  `json:"differences"`
			First       string `json:"first,omitempty"`
		}
		kinds := []kind{}
		for _, k := range r.Kinds {
			kinds = append(kinds, kind{k.Name, k.Checked, k.Early, k.Differences, k.First})
		}
		err = json.NewEncoder(t.out).Encode(map[string]any{"kinds": kinds, "sound": r.Sound()})
	} else {
		for _, k := range r.Kinds {
			fmt.Fprintf(t.out, "%-32s %9d checked\n", k.Name, k.Checked)
			if k.Early > 0 {
				fmt.Fprintf(t.out, "  %d are from before the log told of each row: what they were before it began to is not proved\n", k.Early)
			}
			if k.Differences > 0 {
				fmt.Fprintf(t.out, "  %d differ, the first: %s\n", k.Differences, k.First)
			}
		}
	}
	if err == nil && !r.Sound() {
		return errors.New("the evidence is broken")
	}
	return err
}
