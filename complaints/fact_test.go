package complaints

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/sheet"
)

func facts(t *testing.T, profile, csv string) ([]Fact, Report, error) {
	t.Helper()
	p, ok := ProfileByCode(profile)
	if !ok {
		t.Fatalf("no profile %s", profile)
	}
	table, err := sheet.Read("facts.csv", []byte(csv), sheet.Limits{}, p.known)
	if err != nil {
		t.Fatal(err)
	}
	list, report, err := p.ReadFacts(table)
	if err == nil {
		err = table.Faults.Err("complaints.import_faults")
	}
	return list, report, err
}

func TestTheHouseProfileReadsChineseAndEnglishHeadings(t *testing.T) {
	for _, csv := range []string{
		"投诉编号,类别,机构,受理时间,首次回复时间,责任人工号,满意度,根因,客户姓名,手机号\nC-1,一般,AH-E01,2026-05-08 10:17,2026-05-09 08:00,AH00012,5,信息不对称,王小姐,13800000000\n",
		"reference,class,unit,received_at,first_reply_at,responsible,satisfaction,cause,Customer Name,Phone\nC-1,general,AH-E01,2026-05-08T10:17,2026/5/9 8:00,AH00012,5,信息不对称,Ms Wang,1380\n",
	} {
		list, report, err := facts(t, "anwen", csv)
		if err != nil {
			t.Fatal(err)
		}
		f := list[0]
		if f.Class != General || f.UnitCode != "AH-E01" || f.Satisfaction != 5 || f.ResponsibleNo != "AH00012" ||
			!f.ReceivedAt.in(shanghai).Equal(at("2026-05-08T10:17", shanghai)) || !f.FirstReply.end(shanghai).Equal(at("2026-05-09T08:00", shanghai)) {
			t.Errorf("got %+v", f)
		}
		if len(report.Dropped) != 2 || report.Dropped[0].Filled != 1 {
			t.Errorf("dropped %+v", report.Dropped)
		}
	}
}

func TestNoCustomerDataSurvivesReading(t *testing.T) {
	list, _, err := facts(t, "anwen", "reference,class,unit,received_at,客户姓名,身份证号,投诉内容,备注\nC-1,general,U,2026-05-08,王小姐,110101199001011234,太慢了,内部\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"王小姐", "110101", "太慢了", "内部"} {
		if strings.Contains(strings.Join([]string{list[0].Reference, list[0].Cause, list[0].Product, list[0].Channel}, " "), secret) || len(list[0].Extra) != 0 {
			t.Errorf("%q survived in %+v", secret, list[0])
		}
	}
}

func TestEveryFaultIsNamedWithRowAndColumn(t *testing.T) {
	_, report, err := facts(t, "anwen", strings.Join([]string{
		"reference,class,unit,received_at,first_reply_at,satisfaction",
		"C-1,urgent,U,2026-05-08 10:00,,",
		",general,U,2026-05-08 10:00,,",
		"C-3,general,,yesterday,,",
		"C-4,general,U,2026-05-08 10:00,,6",
		"C-5,general,U,2026-05-08 10:00,,3",
		"C-5,complex,U,2026-05-08 10:00,,3",
		"C-5,general,U,2026-05-08 10:00,,3",
	}, "\n"))
	e, ok := err.(*errs.Error)
	if !ok {
		t.Fatalf("got %v", err)
	}
	var got []string
	for _, f := range e.Faults {
		got = append(got, f.Place.String()+" "+f.Code)
	}
	want := []string{
		"facts.csv:2:class complaints.unknown_class", "facts.csv:3:reference complaints.value_missing",
		"facts.csv:4:unit complaints.value_missing", "facts.csv:4:received_at complaints.no_instant",
		"facts.csv:5:satisfaction complaints.bad_score", "facts.csv:7:reference complaints.reference_twice",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if report.RowsRead != 7 {
		t.Errorf("read %d rows", report.RowsRead)
	}
}

func TestColumnsAreCheckedBeforeRows(t *testing.T) {
	_, report, err := facts(t, "anwen", "reference,投诉编号,class,mood\nC-1,C-1,general,bad\n")
	e, ok := err.(*errs.Error)
	if !ok || len(e.Faults) != 3 {
		t.Fatalf("got %v", err)
	}
	if len(report.Unknown) != 1 || report.Unknown[0] != "mood" {
		t.Errorf("unknown %v", report.Unknown)
	}
}

func TestADerivedReferenceIsStableAndCountsEqualRows(t *testing.T) {
	csv := "Date received,Product,ZIP code\n7/29/2013,Mortgage,1\n7/29/2013,Mortgage,2\n7/30/2013,Mortgage,3\n"
	first, _, err := facts(t, "cfpb", csv)
	if err != nil {
		t.Fatal(err)
	}
	again, _, err := facts(t, "cfpb", strings.ReplaceAll(csv, ",3\n", ",9\n"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for i := range first {
		if first[i].Reference != again[i].Reference {
			t.Errorf("row %d: %s, then %s", i, first[i].Reference, again[i].Reference)
		}
		seen[first[i].Reference] = true
	}
	if len(seen) != 3 {
		t.Errorf("%d references for 3 rows", len(seen))
	}
}

func TestTheRealCFPBExportsReadWithoutLoss(t *testing.T) {
	for name, rows := range map[string]int{
		"cfpb_2013_CUNY_MSDA_R.csv": 3186, "cfpb_CapitalPrince100.csv": 0, "cfpb_bkreis84.csv": 0,
	} {
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join("../../shared/fixtures/complaints", name))
			if err != nil {
				t.Skip("the fixtures of complaints are not here")
			}
			table, err := sheet.Read(name, raw, sheet.Limits{}, cfpb.known)
			if err != nil {
				t.Fatal(err)
			}
			list, report, err := cfpb.ReadFacts(table)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d rows read, %d accepted, dropped %v, unknown %v", report.RowsRead, report.Accepted, report.Dropped, report.Unknown)
			if rows != 0 && report.RowsRead != rows {
				t.Errorf("read %d rows, want %d", report.RowsRead, rows)
			}
			if report.Accepted != report.RowsRead || len(list) != report.RowsRead || len(report.Unknown) != 0 {
				t.Errorf("lost something: %+v", report)
			}
		})
	}
}
