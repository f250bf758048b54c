package postgres

// WithoutHandedFolders plays a system on which a folder cannot be handed over as
// an open file, until the returned function is called.
func WithoutHandedFolders() (restore func()) {
	was := canHand
	canHand = func() bool { return false }
	return func() { canHand = was }
}
