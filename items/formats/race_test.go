//go:build race

package formats

// Under the race detector pools keep nothing, and everything is allocated anew.
const raceFactor = 10
