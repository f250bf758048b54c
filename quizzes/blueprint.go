package quizzes

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"anwen/courses"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/items"
)

// bankTx is the bank of the course, made with its first quiz.
func (s *Service) bankTx(tx database.Tx, quiz courses.QuizFiles) (id int64, err error) {
	err = tx.Raw(`INSERT INTO banks (code, names, course_id, created_at) VALUES (?, to_jsonb(?::json), ?, ?)
		ON CONFLICT ON CONSTRAINT banks_course_key DO UPDATE SET names = excluded.names RETURNING id`,
		quiz.Slug, jsonOf(quiz.Titles), quiz.CourseID, s.now()).Scan(&id).Error
	return id, err
}

// bindImagesTx binds the pictures of a course's items to images of its folder.
func bindImagesTx(tx database.Tx, quiz courses.QuizFiles, list []items.Item) error {
	images := map[string]courses.Image{}
	for _, i := range quiz.Images {
		images[items.PictureFile(i.Name)] = i
	}
	for _, it := range list {
		var wanted []courses.Image
		find := func(file string) (string, bool) {
			i, ok := images[file]
			if ok {
				wanted = append(wanted, i)
			}
			return hex.EncodeToString(i.SHA256[:]), ok
		}
		unknown := it.BindPictures(find)
		for _, i := range wanted {
			if _, err := keepPictureTx(tx, i.Bytes); err != nil {
				return err
			}
		}
		if len(unknown) > 0 {
			return pictureFaults(it, unknown)
		}
		if err := bindTx(tx, it, find); err != nil {
			return err
		}
	}
	return nil
}

// unknownImages are faults for what items show and the folder does not hold.
func unknownImages(quiz courses.QuizFiles, list []items.Item) []errs.Fault {
	var faults []errs.Fault
	for _, it := range list {
		for _, name := range it.PictureNames() {
			there := slices.ContainsFunc(quiz.Images, func(i courses.Image) bool { return items.PictureFile(i.Name) == items.PictureFile(name) })
			if _, bound := items.BoundPicture(name); !there && !bound && !strings.Contains(name, "://") {
				faults = append(faults, errs.Fault{Code: "quizzes.unknown_picture", Args: errs.Args{"item": it.Name, "name": name}})
			}
		}
	}
	return faults
}

// blueprintTx finds the banks of the draws and refuses a plan that some learner's
// paper might not fill.
func (s *Service) blueprintTx(tx database.Tx, plan *items.Plan, ownBank int64, fixed []int64) error {
	var faults []errs.Fault
	var pools []items.Pool
	for n := range plan.Sections {
		draw := plan.Sections[n].Draw
		if draw == nil {
			continue
		}
		if draw.Points < 0 {
			faults = append(faults, errs.Fault{Place: errs.Place{File: "course.md"}, Code: "quizzes.bad_points", Args: errs.Args{"most": items.MaxPoints.String()}})
			continue
		}
		draw.BankID = ownBank
		if draw.BankCode != "" {
			draw.BankID = 0
			if err := tx.Raw(`SELECT id FROM banks WHERE code = ?`, draw.BankCode).Scan(&draw.BankID).Error; err != nil {
				return fmt.Errorf("find bank %s: %w", draw.BankCode, err)
			}
			if draw.BankID == 0 {
				faults = append(faults, errs.Fault{Place: errs.Place{File: "course.md"}, Code: "quizzes.unknown_bank", Args: errs.Args{"bank": draw.BankCode}})
				continue
			}
		}
		p, size, err := poolTx(tx, *draw, n+1, fixed)
		if err != nil {
			return err
		}
		if size < 0 {
			faults = append(faults, errs.Fault{Place: errs.Place{File: "course.md"}, Code: "quizzes.scenarios_differ", Args: errs.Args{"section": n + 1}})
			continue
		}
		if draw.Scenarios > 0 {
			draw.Size = size
		}
		pools = append(pools, p)
	}
	faults = append(faults, items.TooSmall(pools)...)
	if len(faults) > 0 {
		return &errs.Error{Kind: errs.Invalid, Code: "quizzes.faults", Args: errs.Args{"count": len(faults)}, Faults: faults}
	}
	return nil
}

// poolTx is what a draw may take beside the fixed versions, and how many questions
// each of it has: −1 when scenarios differ, which would make papers unequal.
func poolTx(tx database.Tx, draw items.Draw, section int, fixed []int64) (p items.Pool, size int, err error) {
	raw, err := json.Marshal(draw)
	if err != nil {
		return p, 0, err
	}
	var rows []struct {
		Name string
		Size int
	}
	err = tx.Raw(`WITH sections AS (SELECT 1 AS n, CAST(@draw AS jsonb) AS draw), `+drawables+`
		SELECT p.name, (SELECT count(*) FROM jsonb_array_elements(p.held) h WHERE h->>'points' <> '0') AS size FROM pools p
		WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(p.ids) AS e(id) JOIN item_versions v ON v.item_id = (e.id #>> '{}')::bigint WHERE v.id = ANY (@fixed))`,
		map[string]any{"draw": string(raw), "fixed": database.Array[int64](fixed)}).Scan(&rows).Error
	if err != nil {
		return p, 0, fmt.Errorf("what section %d may draw: %w", section, err)
	}
	p = items.Pool{Section: section, Count: max(draw.Count, draw.Scenarios), Available: map[string]bool{}}
	for _, r := range rows {
		p.Available[r.Name] = true
		if size != 0 && size != r.Size {
			return p, -1, nil
		}
		size = r.Size
	}
	return p, size, nil
}
