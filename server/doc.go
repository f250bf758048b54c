// Package server is the HTTP API of Anwen. routes.go lists every route and who may call
// it; a handler parses, calls one verb of a room and answers; stream.go is what
// downloads share; errors.go alone maps errors to status codes.
//
// A request passes routes.go → server/<room>.go → <room>.<Verb>. Responses are view
// types written here; domain types have no JSON tags. Only cmd imports this package.
package server
