package items

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Answered is the newest answer of a position as it is stored, with the number of its
// revision.
type Answered struct {
	Response Response
	Revision int
}

// Digest is the SHA-256 of a paper and of what was answered to it, in hexadecimal: the
// audit log keeps it of every submission. Its errors are internal.
func (p Paper) Digest(answered map[int]Answered) (string, error) {
	return digest(struct {
		Paper    Paper
		Answered map[int]Answered
	}{p, answered})
}

// DigestOf is the SHA-256 of grades, in hexadecimal. Its errors are internal.
func DigestOf(grades []Grade) (string, error) { return digest(grades) }

func digest(value any) (string, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("digest: %w", err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}
