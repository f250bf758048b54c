package people

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"
)

// DeviceLife is how long a device stays known that nobody signs in with.
const DeviceLife = 180 * 24 * time.Hour

// devicesOfPerson is how many devices a person has at most: the one that was not seen
// for the longest time gives way.
const devicesOfPerson = 20

// Client is where a request comes from.
type Client struct {
	Address   string
	UserAgent string
	Device    string // the token of the device, if it has one
}

func (c Client) deviceHash() []byte {
	hash := sha256.Sum256([]byte(c.Device))
	return hash[:]
}

// newToken is 32 random bytes, which nobody guesses.
func newToken() string {
	raw := make([]byte, 32)
	rand.Read(raw) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(raw)
}
