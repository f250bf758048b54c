package records

import (
	"strings"
	"testing"

	"anwen/internal/i18n"
	"anwen/performance"
)

func headed[T any](t *testing.T, columns []column[T], keys string) {
	t.Helper()
	got := make([]string, len(columns))
	for i, c := range columns {
		got[i] = c.key
		for _, l := range i18n.Locales {
			if h := c.heading(l); h == "" || strings.HasPrefix(h, "records.") {
				t.Errorf("the column %s has no heading in %s", c.key, l)
			}
		}
	}
	if strings.Join(got, " ") != keys {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), keys)
	}
}

// Programs read exports by these keys.
func TestTheColumnsOfEachExportKeepTheirKeysAndHaveHeadings(t *testing.T) {
	headed(t, certificationColumns(i18n.Hans, CSV), "employee_no name unit unit_name position course course_title revision cycle "+
		"assigned_on due_on completed_on completed_at completed_in serial issued_on valid_until revoked_on state earned possible")
	headed(t, scoreColumns(performance.Quarter{Year: 2026, Number: 3}, i18n.Hans, CSV), "quarter employee_no name unit unit_name position "+
		"first_reply_on_time first_reply_counted first_reply_open first_reply_lower first_reply_upper first_reply_verdict "+
		"initial_feedback_on_time initial_feedback_counted initial_feedback_open initial_feedback_lower initial_feedback_upper initial_feedback_verdict "+
		"satisfied answered satisfaction_lower satisfaction_upper satisfaction_verdict timeliness_target satisfaction_target "+
		"assigned completed overdue due_in_quarter completed_on_time certificates_valid certificates_expired")
	headed(t, exposureColumns(i18n.Hans), "employee_no name unit unit_name position exposed_since acknowledged_on trained_on exposed_days complaints_inside")
}
