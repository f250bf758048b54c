package policies_test

import (
	"context"
	"testing"

	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

func folder(t *testing.T) archive.Files {
	t.Helper()
	return archive.Files{
		"policy.md":     []byte("---\ncode: CP-001\ntitles:\n  zh-Hans: 投诉处理办法\n  en: Complaint handling\nissuer: 合规部\ncategory: complaints\nowner: 张三\n---\n"),
		"v1.zh-Hans.md": []byte("---\neffective_from: 2025-01-01\nnote: 首次发布\n---\n# 投诉处理办法\n\n四十八小时。\n"),
		"v1.en.md":      []byte("---\neffective_from: 2025-01-01\nnote: First issue\n---\nForty-eight hours.\n"),
		"v2.zh-Hans.md": []byte("---\neffective_from: \"2026-01-01\"\nnote:\n  zh-Hans: 缩短时限\n  en: Shorter limit\n---\n二十四小时。\n"),
	}
}

func TestAFolderHoldsEveryVersion(t *testing.T) {
	f, err := policies.ReadFolder(folder(t))
	if err != nil {
		t.Fatal(err)
	}
	if f.Code != "CP-001" || f.Issuer != "合规部" || f.Owner != "张三" || len(f.Versions) != 2 {
		t.Fatalf("got %+v", f)
	}
	one, two := f.Versions[0], f.Versions[1]
	if one.EffectiveFrom != "2025-01-01" || one.Notes[i18n.Hans] != "首次发布" || one.Notes[i18n.English] != "First issue" ||
		one.Texts[i18n.English] != "Forty-eight hours.\n" || two.Notes[i18n.English] != "Shorter limit" || two.Texts[i18n.Hans] != "二十四小时。\n" {
		t.Errorf("got %+v", f.Versions)
	}
}

func TestAFolderIsPublishedOnceAndThenOnlyWhatIsNew(t *testing.T) {
	db := testdb.Tx(t)
	ctx, svc, officer := context.Background(), service(db), holder(people.Compliance, "/")
	read := func(files archive.Files) policies.Folder {
		f, err := policies.ReadFolder(files)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	if done, err := svc.PublishFolder(ctx, officer, read(folder(t)), true); err != nil || len(done) != 2 || !done[1].DryRun {
		t.Errorf("the dry run: %+v, %v", done, err)
	}
	if n := scan[int](t, db, `SELECT count(*) FROM policies`); n != 0 {
		t.Error("the dry run published")
	}
	if done, err := svc.PublishFolder(ctx, officer, read(folder(t)), false); err != nil || len(done) != 2 || done[1].Number != 2 {
		t.Errorf("the first time: %+v, %v", done, err)
	}
	if done, err := svc.PublishFolder(ctx, officer, read(folder(t)), false); err != nil || len(done) != 0 {
		t.Errorf("the second time: %+v, %v", done, err)
	}
	more := folder(t)
	more["v3.zh-Hans.md"] = []byte("---\neffective_from: 2026-12-01\n---\n十二小时。\n")
	if done, err := svc.PublishFolder(ctx, officer, read(more), false); err != nil || len(done) != 1 || done[0].Number != 3 {
		t.Errorf("a version more: %+v, %v", done, err)
	}
	more["v1.en.md"] = []byte("---\neffective_from: 2025-01-01\n---\nAnother text.\n")
	if _, err := svc.PublishFolder(ctx, officer, read(more), false); errs.CodeOf(err) != "policies.published_differs" {
		t.Errorf("another text: %v", err)
	}
	if _, err := svc.PublishFolder(ctx, employee(1), read(more), false); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee: %v", err)
	}
}

func TestABadFolderNamesFileAndLine(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(archive.Files)
		file   string
		line   int
		code   string
	}{
		{"no policy.md", func(f archive.Files) { delete(f, "policy.md") }, "policy.md", 0, "policies.file_missing"},
		{"a stray file", func(f archive.Files) { f["v0.en.md"] = nil }, "v0.en.md", 0, "policies.unknown_file"},
		{"an unknown key", func(f archive.Files) { f["v1.en.md"] = []byte("---\neffective_from: 2025-01-01\nnotes: x\n---\nx") }, "v1.en.md", 3, "frontmatter.unknown_key"},
		{"broken YAML", func(f archive.Files) { f["policy.md"] = []byte("---\ncode: [\n---\n") }, "policy.md", 2, "frontmatter.yaml_unreadable"},
		{"no front matter", func(f archive.Files) { f["v1.en.md"] = []byte("Forty-eight hours.") }, "v1.en.md", 1, "frontmatter.missing"},
		{"front matter without an end", func(f archive.Files) { f["v1.en.md"] = []byte("---\neffective_from: 2025-01-01\n") }, "v1.en.md", 1, "frontmatter.missing"},
		{"an unknown language", func(f archive.Files) {
			f["policy.md"] = []byte("---\ncode: CP-001\ntitles:\n  de: Beschwerden\n---\n")
		}, "policy.md", 4, "frontmatter.unknown_key"},
		{"a note that is a list", func(f archive.Files) { f["v1.en.md"] = []byte("---\neffective_from: 2025-01-01\nnote: [x]\n---\nx") }, "v1.en.md", 3, "policies.bad_note"},
		{"two dates", func(f archive.Files) { f["v1.zh-Hans.md"] = []byte("---\neffective_from: 2025-01-02\n---\nx") }, "v1.zh-Hans.md", 0, "policies.dates_differ"},
		{"no date", func(f archive.Files) { f["v2.zh-Hans.md"] = []byte("---\nnote: x\n---\nx") }, "v2.zh-Hans.md", 0, "policies.bad_date"},
		{"an empty text", func(f archive.Files) { f["v2.zh-Hans.md"] = []byte("---\neffective_from: 2026-01-01\n---\n \n") }, "v2.zh-Hans.md", 0, "policies.no_text"},
		{"a gap", func(f archive.Files) { f["v4.en.md"] = []byte("---\neffective_from: 2027-01-01\n---\nx") }, "", 0, "policies.version_gap"},
		{"not a text", func(f archive.Files) { f["v1.en.md"] = []byte("a\x00b") }, "v1.en.md", 0, "policies.not_text"},
	} {
		files := folder(t)
		c.change(files)
		_, err := policies.ReadFolder(files)
		if errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		f := err.(*errs.Error).Faults[0]
		if f.File != c.file || f.Line != c.line || f.Code != c.code {
			t.Errorf("%s: %s %s %v", c.name, f.Place, f.Code, f.Args)
		}
	}
}
