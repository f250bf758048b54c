package records_test

import (
	"context"
	"encoding/json"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/records"
)

func TestTheAuditLogShowsWhateverWasWritten(t *testing.T) {
	db := testdb.Tx(t)
	_, path := testdb.Unit(t, db, 0)
	ctx, svc := context.Background(), service(db)
	search := `a"b\c 王`
	if _, err := svc.Certifications(ctx, hr(path, i18n.English), records.CertificationQuery{Search: search}); err != nil {
		t.Fatal(err)
	}
	auditor := people.Actor{PersonID: 5, Grants: []people.Grant{{Role: people.Auditor, UnitPath: path}}}
	list, _, err := svc.AuditEvents(ctx, auditor, records.AuditQuery{Action: "records."})
	if err != nil || len(list) != 1 {
		t.Fatalf("%d events, %v", len(list), err)
	}
	var data struct{ Search string }
	if err := json.Unmarshal(list[0].Data, &data); err != nil || data.Search != search {
		t.Errorf("got %s, %v", list[0].Data, err)
	}
	if _, _, err := svc.AuditEvents(ctx, hr(path, i18n.English), records.AuditQuery{}); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("HR: %v", err)
	}
}
