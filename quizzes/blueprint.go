package quizzes

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"anwen/courses"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/items"
	"anwen/people"
)

// bindImagesTx binds the pictures of a course's items to images of its folder.
// Invalid for a picture that the folder does not hold.
func bindImagesTx(ctx context.Context, tx database.Tx, quiz courses.QuizFiles, list []items.Item) error {
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
			if _, err := keepPictureTx(ctx, tx, i.Bytes); err != nil {
				return err
			}
		}
		if len(unknown) > 0 {
			return pictureFaults(it, unknown)
		}
		if err := bindTx(ctx, tx, it, find); err != nil {
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

// blueprintTx finds the banks of the draws. Invalid for a plan that some learner's
// paper might not fill, and for a bank that is closed to the actor, who could practise
// its items with their key.
func blueprintTx(ctx context.Context, tx database.Tx, actor people.Actor, plan *items.Plan, ownBank int64, fixed []int64) error {
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
			id, code, err := bankToDrawFromTx(ctx, tx, actor, draw.BankCode, ownBank)
			if err != nil {
				return err
			}
			if code != "" {
				faults = append(faults, errs.Fault{Place: errs.Place{File: "course.md"}, Code: code, Args: errs.Args{"bank": draw.BankCode}})
				continue
			}
			draw.BankID = id
		}
		units, err := drawableTx(ctx, tx, *draw, fixed)
		if err != nil {
			return fmt.Errorf("what section %d may draw: %w", n+1, err)
		}
		p, size := poolOf(units, *draw, n+1)
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

// bankToDrawFromTx finds the bank that a section names, or the code of what is wrong with it.
func bankToDrawFromTx(ctx context.Context, tx database.Tx, actor people.Actor, name string, ownBank int64) (id int64, fault string, err error) {
	bank, found, err := findBank(ctx, tx, name)
	if err != nil {
		return 0, "", err
	}
	if !found {
		return 0, "quizzes.unknown_bank", nil
	}
	open, err := openBanks(ctx, tx, actor)
	if err == nil && bank.ID != ownBank && !slices.Contains(open, bank.ID) {
		fault = "quizzes.bank_closed"
	}
	return bank.ID, fault, err
}

// poolOf is what a draw may take, and how many questions each of it has: −1 when
// scenarios differ, which would make papers unequal.
func poolOf(units []drawable, draw items.Draw, section int) (p items.Pool, size int) {
	p = items.Pool{Section: section, Count: max(draw.Count, draw.Scenarios), Available: map[string]bool{}}
	for _, u := range units {
		p.Available[u.Name] = true
		if size != 0 && size != u.Size {
			return p, -1
		}
		size = u.Size
	}
	return p, size
}
