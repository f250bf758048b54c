package server

// What tests of other packages' names look at from inside.
var (
	Download      = download
	Disposition   = disposition
	RecoverPanics = recoverPanics
)

// Routes is the table, for the test that walks it.
func (s *Server) Routes() []Route { return s.routes() }
