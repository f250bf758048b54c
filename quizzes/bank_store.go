package quizzes

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"anwen/courses"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// bankRow is a row of banks.
type bankRow struct {
	ID        int64
	Code      string
	Names     i18n.Texts
	CourseID  *int64 // nil for a bank of its own
	OwnerID   *int64
	Edition   int       `gorm:"default:1"`
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
}

// TableName is for GORM.
func (bankRow) TableName() string { return "banks" }

// ownedBank is a bank with its owner, 0 and "" for none, and the owner's unit.
type ownedBank struct {
	Bank
	OwnerID   int64
	OwnerPath string
}

func listBanks(ctx context.Context, conn database.Conn, personID int64) ([]ownedBank, error) {
	var banks []ownedBank
	err := conn.WithContext(ctx).Raw(`WITH `+closedBanks+` SELECT b.id, b.code, b.names, b.edition, coalesce(k.slug, '') AS course, coalesce(p.name, '') AS owner, coalesce(p.employee_no, '') AS owner_no,
			coalesce(p.id, 0) AS owner_id, coalesce(p.unit_path, '') AS owner_path,
			b.id IN (SELECT id FROM closed) AS must_sit,
			count(i.id) AS items, count(i.id) FILTER (WHERE i.state = 'draft') AS drafts, count(i.id) FILTER (WHERE i.state = 'retired') AS retired
		FROM banks b LEFT JOIN courses k ON k.id = b.course_id LEFT JOIN items i ON i.bank_id = b.id LEFT JOIN staff p ON p.id = b.owner_id
		GROUP BY b.id, k.slug, p.name, p.employee_no, p.id, p.unit_path ORDER BY k.slug IS NOT NULL, b.code`,
		map[string]any{"person": personID}).Scan(&banks).Error
	return banks, err
}

// standsOfBanks are all banks with nothing but who keeps them.
func standsOfBanks(ctx context.Context, conn database.Conn, personID int64) (banks []ownedBank, err error) {
	err = conn.WithContext(ctx).Raw(`WITH `+closedBanks+` SELECT b.id, coalesce(p.id, 0) AS owner_id, coalesce(p.unit_path, '') AS owner_path,
			b.id IN (SELECT id FROM closed) AS must_sit FROM banks b LEFT JOIN staff p ON p.id = b.owner_id`,
		map[string]any{"person": personID}).Scan(&banks).Error
	if err != nil {
		return nil, fmt.Errorf("who keeps the banks: %w", err)
	}
	return banks, nil
}

func findBank(ctx context.Context, conn database.Conn, code string) (bank bankRow, found bool, err error) {
	bank, err = database.Table[bankRow](conn).Where("code = ?", code).Take(ctx)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return bankRow{}, false, nil
	}
	if err != nil {
		return bankRow{}, false, fmt.Errorf("find bank %s: %w", code, err)
	}
	return bank, true, nil
}

// bankTaken reports whether another bank has the code, or one that differs only in capitals.
func bankTaken(err error) bool {
	return database.Violated(err, "banks_code_key") || database.Violated(err, "banks_code_alike")
}

// insertBankTx is Conflict for a code that is taken.
func insertBankTx(ctx context.Context, tx database.Tx, bank bankRow) error {
	err := database.Table[bankRow](tx).Create(ctx, &bank)
	if bankTaken(err) {
		return errs.New(errs.Conflict, "quizzes.bank_taken", errs.Args{"bank": bank.Code}).Because(err)
	}
	if err != nil {
		return fmt.Errorf("open bank %s: %w", bank.Code, err)
	}
	return nil
}

// updateBankTx sets owner and names; what is nil or empty stays. changed is false when
// the bank is in another edition.
func updateBankTx(ctx context.Context, tx database.Tx, id int64, edition int, owner *int64, names i18n.Texts) (changed bool, err error) {
	changes := []clause.Assigner{clause.Assignment{Column: clause.Column{Name: "edition"}, Value: edition + 1}}
	if owner != nil {
		changes = append(changes, clause.Assignment{Column: clause.Column{Name: "owner_id"}, Value: *owner})
	}
	if len(names) > 0 {
		changes = append(changes, clause.Assignment{Column: clause.Column{Name: "names"}, Value: names})
	}
	n, err := database.Table[bankRow](tx).Where("id = ? AND edition = ?", id, edition).Set(changes...).Update(ctx)
	return n > 0, err
}

// bankOfCourseTx is the bank of the course, made with its first quiz. Conflict when a
// bank of its own has the course's slug as its code.
func bankOfCourseTx(ctx context.Context, tx database.Tx, quiz courses.QuizFiles, now time.Time) (id int64, err error) {
	err = tx.WithContext(ctx).Raw(`INSERT INTO banks (code, names, course_id, created_at) VALUES (?, ?, ?, ?)
		ON CONFLICT ON CONSTRAINT banks_course_key DO UPDATE SET names = excluded.names RETURNING id`,
		quiz.Slug, quiz.Titles, quiz.CourseID, now).Scan(&id).Error
	if bankTaken(err) {
		return 0, errs.New(errs.Conflict, "quizzes.bank_of_course_taken", errs.Args{"bank": quiz.Slug}).Because(err)
	}
	return id, err
}

// lockBankTx makes changes of a bank's items wait for one another, as bankOfCourseTx
// does, and returns the course whose files fill the bank, or nil.
func lockBankTx(ctx context.Context, tx database.Tx, bank int64) (course *int64, err error) {
	if err := tx.WithContext(ctx).Raw(`SELECT course_id FROM banks WHERE id = ? FOR UPDATE`, bank).Row().Scan(&course); err != nil {
		return nil, fmt.Errorf("lock bank %d: %w", bank, err)
	}
	return course, nil
}

// lockOwnBankTx is lockBankTx. Conflict for the bank of a course.
func lockOwnBankTx(ctx context.Context, tx database.Tx, bank int64) error {
	course, err := lockBankTx(ctx, tx, bank)
	if err == nil && course != nil {
		err = errs.New(errs.Conflict, "quizzes.bank_of_course", nil)
	}
	return err
}
