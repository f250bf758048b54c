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

// loginThrottle is a row of login_throttles: a login name, or a place.
type loginThrottle struct {
	Login       string `gorm:"primaryKey"`
	Failures    int
	WindowEnds  time.Time
	LockedUntil *time.Time
}

// TableName is for GORM.
func (loginThrottle) TableName() string { return "login_throttles" }

func placeKey(address string) string { return "address " + address }
