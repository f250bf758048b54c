package postgres

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
