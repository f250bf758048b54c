package people

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"anwen/internal/errs"
)

// The cost of one hash, as OWASP's password storage page recommends for
// argon2id: 19 MiB, two passes, one lane.
const (
	hashMemory  = 19 * 1024
	hashPasses  = 2
	hashLanes   = 1
	hashKeySize = 32
	saltSize    = 16
)

// MinPasswordLength follows NIST SP 800-63B-4 §3.1.1.2 for a password with a
// second means of protection; only length is asked, no kinds of characters.
const MinPasswordLength = 10

const maxPasswordLength = 1024

// hashing bounds how many hashes run at once, so that a burst of sign-ins
// neither fills the memory nor starves the readers.
var hashing = make(chan struct{}, max(1, runtime.NumCPU()))

// HashPassword returns the PHC string of the password.
func HashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltSize)
	rand.Read(salt) // never fails since Go 1.24
	key, err := derive(ctx, password, salt, hashMemory, hashPasses, hashLanes, hashKeySize)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashMemory, hashPasses, hashLanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key)), nil
}

// verifyPassword reports whether the password is the one that was hashed.
func verifyPassword(ctx context.Context, phc, password string) (bool, error) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, fmt.Errorf("the stored password hash is no argon2id string")
	}
	var memory, passes uint32
	var lanes uint8
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil {
		return false, fmt.Errorf("the stored password hash has no parameters: %w", err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("the stored password hash has no salt: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, fmt.Errorf("the stored password hash has no key: %w", err)
	}
	got, err := derive(ctx, password, salt, memory, passes, lanes, uint32(len(want)))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

func derive(ctx context.Context, password string, salt []byte, memory, passes uint32, lanes uint8, size uint32) ([]byte, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, passes, memory, lanes, size), nil
}

func checkNewPassword(password string) error {
	switch n := utf8.RuneCountInString(password); {
	case n < MinPasswordLength:
		return errs.New(errs.Invalid, "people.password_too_short", errs.Args{"min": MinPasswordLength})
	case len(password) > maxPasswordLength:
		return errs.New(errs.Invalid, "people.password_too_long", errs.Args{"max": maxPasswordLength})
	}
	return nil
}
