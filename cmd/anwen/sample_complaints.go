package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"anwen/complaints"
	"anwen/people"
)

// sampleComplaints are spread over the four quarters that end today.
const sampleComplaints = 2000

var (
	sampleChannels = []string{"网点", "客服热线", "手机银行", "来信来访", "监管转办"}
	sampleProducts = []string{"个人贷款", "信用卡", "理财产品", "代销基金", "保险代销", "账户服务", "支付结算"}
	// The five causes of petitions of the institution's undertaking.
	sampleCauses = []string{"客户投诉增多", "金融欺诈", "信息不对称", "监管政策不明确", "处理机制不健全"}
)

// complain imports complaint facts from a CSV file, as the desk would. People
// who have completed the course are not made better at it: whether training
// helped is for the figures to show, and here it did nothing.
func (b *bank) complain(ctx context.Context) error {
	raw, err := b.complaintFile()
	if err != nil {
		return err
	}
	b.clock.real()
	report, err := b.complaints.Import(ctx, people.System(), complaints.ImportInput{FileName: "facts.csv", Raw: raw, Profile: "anwen"})
	if err == nil && report.Created != sampleComplaints {
		err = fmt.Errorf("%d of %d complaints were created", report.Created, sampleComplaints)
	}
	return err
}

func (b *bank) complaintFile() ([]byte, error) {
	random := rand.New(rand.NewPCG(20251201, 11))
	handlers := map[string][]member{}
	for _, m := range b.members {
		if m.position == "投诉处理专员" || m.position == "大堂经理" {
			handlers[m.branch] = append(handlers[m.branch], m)
		}
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Write([]string{"投诉编号", "类别", "机构编码", "受理时间", "首次回复时间", "初步反馈时间", "办结时间", "责任人工号", "满意度", "满意度回复日期", "渠道", "产品", "根因"})
	const layout = "2006-01-02 15:04"
	for n := range sampleComplaints {
		branch := branches[random.IntN(len(branches))].code
		received := b.daysAgo(1+random.IntN(360), 8).Add(time.Duration(random.IntN(11*60)) * time.Minute)
		hours := 4 + random.ExpFloat64()*16 // most within 48 hours, about one in fifteen not
		class, reply, feedback := "一般", received.Add(time.Duration(hours*float64(time.Hour))), ""
		var replied string
		end := reply
		if random.IntN(4) == 0 {
			class = "复杂"
			end = received.AddDate(0, 0, 1+random.IntN(10)).Add(time.Duration(random.IntN(300)) * time.Minute)
			feedback = b.past(end, layout)
		} else {
			replied = b.past(end, layout)
		}
		closed := end.AddDate(0, 0, 1+random.IntN(12))
		score, answered := "", ""
		if random.IntN(10) < 6 && closed.AddDate(0, 0, 3).Before(b.today) {
			score = strconv.Itoa([]int{5, 5, 5, 4, 4, 4, 4, 3, 2, 1}[random.IntN(10)])
			answered = closed.AddDate(0, 0, 1+random.IntN(3)).Format(time.DateOnly)
		}
		responsible := ""
		if team := handlers[branch]; len(team) > 0 && random.IntN(40) != 0 {
			responsible = team[random.IntN(len(team))].actor.EmployeeNo
		}
		cause := sampleCauses[min(random.IntN(7), 4)]
		w.Write([]string{fmt.Sprintf("AH-TS-%05d", n+1), class, branch, received.Format(layout), replied, feedback, b.past(closed, layout), responsible,
			score, answered, sampleChannels[random.IntN(len(sampleChannels))], sampleProducts[random.IntN(len(sampleProducts))], cause})
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// past writes an instant that has happened, and nothing for one that has not.
func (b *bank) past(t time.Time, layout string) string {
	if t.After(b.today) {
		return ""
	}
	return t.Format(layout)
}
