// Package server is the HTTP face of Anwen: routes.go says who may call what,
// one file per room parses, calls one verb and answers, errors.go alone knows
// status codes.
//
// A request goes: routes.go → server/<room>.go → <room>.<Verb>. Responses are
// view types written here; domain types have no JSON tags. Nothing imports this
// package but cmd.
package server
