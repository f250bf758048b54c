package records_test

import (
	"context"
	"strconv"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/records"
)

// A cursor once named an assignment, which the next page was looked up by: one of somebody
// out of reach told that it is there, and where in the order of the employee numbers.
func TestACursorTellsNothingOfWhoIsOutOfReach(t *testing.T) {
	db := testdb.Tx(t)
	mine, path := testdb.Unit(t, db, 0)
	theirs, _ := testdb.Unit(t, db, 0)
	s := school{t, db}
	course, _, _ := s.course("aml")
	stranger := s.assign(course, testdb.Person(t, db, theirs), 1, local(1, 1, 9))
	s.assign(course, testdb.Person(t, db, mine), 1, local(1, 1, 9))
	for _, after := range []int64{stranger, stranger + 1000} {
		page, err := service(db).Certifications(context.Background(), hr(path, i18n.English), records.CertificationQuery{After: strconv.FormatInt(after, 10)})
		if errs.KindOf(err) != errs.Invalid {
			t.Errorf("after assignment %d: %d records, %v", after, len(page.Records), err)
		}
	}
}
