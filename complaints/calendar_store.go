package complaints

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/i18n"
)

type calendarRow struct {
	Code          string `gorm:"primaryKey"`
	Names         i18n.Texts
	CompleteFrom  time.Time
	CompleteUntil time.Time
	UpdatedAt     time.Time `gorm:"autoUpdateTime:false"`
}

// TableName is for GORM.
func (calendarRow) TableName() string { return "calendars" }

type calendarDayRow struct {
	Calendar string    `gorm:"primaryKey"`
	Day      time.Time `gorm:"primaryKey"`
	Kind     DayKind
	Name     string
	Source   string
}

// TableName is for GORM.
func (calendarDayRow) TableName() string { return "calendar_days" }

// seedCalendarTx writes a calendar unless one with its code is there.
func seedCalendarTx(ctx context.Context, tx database.Tx, c Calendar, now time.Time) error {
	row := calendarRow{Code: c.Code, Names: c.Names, CompleteFrom: c.CompleteFrom, CompleteUntil: c.CompleteUntil, UpdatedAt: now}
	made := gorm.WithResult()
	if err := database.Table[calendarRow](tx, made, clause.OnConflict{DoNothing: true}).Create(ctx, &row); err != nil || made.RowsAffected == 0 {
		return err
	}
	days := make([]calendarDayRow, 0, len(c.Days))
	for day, special := range c.Days {
		days = append(days, calendarDayRow{Calendar: c.Code, Day: day, Kind: special.Kind, Name: special.Name, Source: "built in"})
	}
	if err := database.Table[calendarDayRow](tx).CreateInBatches(ctx, &days, len(days)); err != nil {
		return err
	}
	return audit.RecordTx(ctx, tx, audit.Event{At: now, Action: "complaints.seed", Subject: "calendar:" + c.Code})
}

// loadCalendar reads a calendar with all its days; ok is false when there is none.
func loadCalendar(ctx context.Context, db database.Conn, code string) (c Calendar, ok bool, err error) {
	row, err := database.Table[calendarRow](db).Where("code = ?", code).Take(ctx)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Calendar{}, false, nil
	}
	if err != nil {
		return Calendar{}, false, err
	}
	days, err := database.Table[calendarDayRow](db).Where("calendar = ?", code).Find(ctx)
	if err != nil {
		return Calendar{}, false, err
	}
	c = Calendar{Code: row.Code, Names: row.Names, CompleteFrom: row.CompleteFrom, CompleteUntil: row.CompleteUntil, Days: make(map[time.Time]SpecialDay, len(days))}
	for _, d := range days {
		c.Days[d.Day.UTC()] = SpecialDay{Kind: d.Kind, Name: d.Name}
	}
	return c, true, nil
}

// calendarOfUnit is the calendar that a unit counts by, without its days; the zero
// value when there is none.
func calendarOfUnit(ctx context.Context, db database.Conn, unitID int64) (c calendarRow, err error) {
	err = db.WithContext(ctx).Raw(`SELECT k.* FROM units u JOIN calendars k ON k.code = u.calendar WHERE u.id = ?`, unitID).Scan(&c).Error
	return c, err
}
