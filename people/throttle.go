package people

import "time"

// The login throttle counts failures in the database, so that several instances
// share it: per login name, and more generously per address, which a whole
// branch may share.
const (
	throttleWindow   = 15 * time.Minute
	failuresPerLogin = 5
	failuresPerPlace = 100
)

func placeKey(address string) string { return "address " + address }
