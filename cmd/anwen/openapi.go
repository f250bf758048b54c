package main

import (
	"bytes"
	"encoding/json"

	"anwen/server"
)

type openapiCommand struct{}

// Run prints the OpenAPI document; it needs no database.
func (openapiCommand) Run(t terminal) error {
	raw, err := server.New(server.Rooms{}, server.Config{Version: "1"}).OpenAPI()
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		return err
	}
	out.WriteByte('\n')
	_, err = out.WriteTo(t.out)
	return err
}
