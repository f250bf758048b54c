package policies_test

import (
	"context"
	"testing"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/policies"
)

// now is an hour past midnight in Shanghai, and still the day before in UTC.
var now = time.Date(2026, 9, 14, 17, 0, 0, 0, time.UTC)

const today = "2026-09-15"

func service(db *database.Pool) *policies.Service {
	return policies.New(db, func() time.Time { return now })
}

func holder(role people.Role, path string) people.Actor {
	return people.Actor{Locale: i18n.English, Zone: "Asia/Shanghai", Grants: []people.Grant{{Role: role, UnitPath: path}}}
}

func employee(id int64) people.Actor {
	return people.Actor{PersonID: id, Locale: i18n.English, Zone: "Asia/Shanghai"}
}

func input(text string) policies.PublishInput {
	return policies.PublishInput{
		Code: "CP-001", Titles: i18n.Texts{i18n.Hans: "投诉处理办法", i18n.English: "Complaint handling"},
		EffectiveFrom: "2026-01-01", Texts: i18n.Texts{i18n.Hans: "# 投诉处理办法\n\n" + text, i18n.English: "# Complaint handling\n\n" + text},
	}
}

func publish(t testing.TB, db *database.Pool, in policies.PublishInput) policies.Published {
	t.Helper()
	done, err := service(db).Publish(context.Background(), holder(people.Compliance, "/"), in)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func version(t testing.TB, db *database.Pool, actor people.Actor, number int, l i18n.Locale) policies.Version {
	t.Helper()
	v, err := service(db).Version(context.Background(), actor, "CP-001", number, l)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func acceptance(v policies.Version) policies.AcknowledgeInput {
	return policies.AcknowledgeInput{Code: v.Code, Number: v.Number, Locale: v.Locale, TextSHA256: v.TextSHA256, StatementSHA256: v.StatementSHA256}
}

func scan[T any](t testing.TB, db *database.Pool, sql string, args ...any) (value T) {
	t.Helper()
	if err := db.Raw(sql, args...).Scan(&value).Error; err != nil {
		t.Fatal(err)
	}
	return value
}
