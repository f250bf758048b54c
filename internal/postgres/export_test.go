package postgres

import "os"

// WithoutHandedFolders plays a system on which a folder cannot be handed over as
// an open file, until the returned function is called.
func WithoutHandedFolders() (restore func()) {
	was := canHand
	canHand = func() bool { return false }
	return func() { canHand = was }
}

// Runnable says whether the server's account can run the programs of a folder.
func Runnable(bin string) error {
	a, err := unprivileged()
	if err != nil {
		return err
	}
	return a.runs(bin)
}

// LetGo plays a server that was started by hand: it runs, and no program holds its
// folder.
func LetGo(s *Server) error {
	held, err := os.Open(s.data.path)
	if err != nil {
		return err
	}
	was := s.held
	s.held = held // to be closed in the end
	return was.Close()
}
