package server

// Routes is the table, for the test that walks it.
func (s *Server) Routes() []Route { return s.routes() }
