package records

import (
	"fmt"
	"strings"
	"time"

	"anwen/people"
)

// CopyForBenchmark is the query of an export with its values written out, since
// COPY takes no parameters.
func CopyForBenchmark(actor people.Actor, now time.Time) string {
	q, err := check(CertificationQuery{}, now, actor)
	if err != nil {
		panic(err)
	}
	return strings.NewReplacer(
		"@reach", `ARRAY['`+strings.Join(actor.Over(reporters...).Patterns(), `','`)+`']`,
		"@instant", fmt.Sprintf("'%s'", q.AsOfInstant.Format(time.RFC3339Nano)),
	).Replace(q.sql())
}
