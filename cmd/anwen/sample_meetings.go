package main

import (
	"context"
	"fmt"
	"time"

	"anwen/briefings"
	"anwen/people"
)

// meet holds the meetings that studied the briefings before the newest, and
// gives every briefing an adjustment plan with owners.
func (b *bank) meet(ctx context.Context) error {
	system := people.System()
	list, err := b.briefings.List(ctx, system)
	if err != nil {
		return err
	}
	for i, card := range list {
		held := card.PublishedAt.Add(26 * time.Hour)
		b.clock.at(held.Add(3 * time.Hour))
		for k, text := range []string{"修订柜面告知书并换发各网点", "核对投诉系统的时限设置", "在晨会讲解本月变化并留存签到"} {
			owner := b.members[4+k]
			input := briefings.ActionInput{Key: card.Key, Text: text, OwnerNo: owner.actor.EmployeeNo, DueOn: dayOf(held.AddDate(0, 0, 20+5*k))}
			if err := b.briefings.AddAction(ctx, system, input); err != nil {
				return fmt.Errorf("an action of %s: %w", card.Key, err)
			}
			if i > 0 && k < 2 {
				if err := b.briefings.MoveAction(ctx, owner.actor, card.Key, k+1, briefings.ActionDone, "已完成并归档"); err != nil {
					return fmt.Errorf("an action of %s: %w", card.Key, err)
				}
			}
		}
		if i == 0 {
			continue // the newest briefing's meeting is still to come
		}
		input := briefings.MeetingInput{Key: card.Key, HeldAt: held, Place: "总行三楼会议室及视频分会场",
			ChairNo: b.members[1].actor.EmployeeNo, RecorderNo: b.members[2].actor.EmployeeNo,
			Notes: "会议逐条学习了本月制度变化，讨论了对柜面与投诉处理的影响。\n\n- 一致同意按调整方案执行；\n- 各网点在两周内完成传达；\n- 未参会人员会后阅读简报补学。"}
		for k, m := range b.members[:60] {
			if k%3 == 0 {
				input.Room = append(input.Room, m.actor.EmployeeNo)
			} else {
				input.Remote = append(input.Remote, m.actor.EmployeeNo)
			}
		}
		if _, err := b.briefings.RecordMeeting(ctx, system, input); err != nil {
			return fmt.Errorf("the meeting of %s: %w", card.Key, err)
		}
		for _, m := range b.members[60:210] {
			if _, err := b.briefings.MarkRead(ctx, m.actor, card.Key, card.Revision, nil); err != nil {
				return fmt.Errorf("a reader of %s: %w", card.Key, err)
			}
		}
	}
	return nil
}

// dayOf is the date of an instant in the sample institution, at midnight UTC.
func dayOf(at time.Time) time.Time {
	y, m, d := at.In(time.FixedZone("CST", 8*3600)).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
