package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"anwen/internal/archive"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/items/formats"
	"anwen/people"
	"anwen/quizzes"
)

// largeName is a name in three languages.
type largeName struct{ hans, hant, english string }

// largeCourse is a course of the large institution.
type largeCourse struct {
	slug   string
	titles i18n.Texts
	months int // 0: the certificate does not expire
	quiz   bool
	n      int
}

// topics of the courses; each has an introduction and a course for the experienced.
var topics = []struct {
	slug string
	largeName
}{
	{"lending", largeName{"个人贷款业务规范", "個人貸款業務規範", "Personal lending"}}, {"cards", largeName{"信用卡业务合规", "信用卡業務合規", "Credit cards"}},
	{"wealth", largeName{"理财产品销售", "理財產品銷售", "Selling wealth products"}}, {"funds", largeName{"基金代销适当性", "基金代銷適當性", "Suitability of funds"}},
	{"insurance", largeName{"代理保险销售", "代理保險銷售", "Selling insurance"}}, {"accounts", largeName{"账户管理", "帳戶管理", "Accounts"}},
	{"payments", largeName{"支付结算", "支付結算", "Payments"}}, {"privacy", largeName{"客户信息保护", "客戶資訊保護", "Customer data"}},
	{"fraud", largeName{"电信诈骗防范", "電信詐騙防範", "Fraud"}}, {"sanctions", largeName{"制裁名单筛查", "制裁名單篩查", "Sanctions"}},
	{"service", largeName{"柜面服务礼仪", "櫃檯服務禮儀", "Service at the counter"}}, {"elderly", largeName{"老年客户服务", "老年客戶服務", "Older customers"}},
	{"disputes", largeName{"纠纷调解", "糾紛調解", "Mediation"}}, {"cash", largeName{"现金管理", "現金管理", "Cash"}},
	{"seals", largeName{"印章与凭证", "印章與憑證", "Seals and vouchers"}}, {"conduct", largeName{"员工行为准则", "員工行為準則", "Conduct"}},
	{"security", largeName{"信息安全", "資訊安全", "Information security"}}, {"continuity", largeName{"应急与连续性", "應急與持續性", "Continuity"}},
	{"credit-report", largeName{"征信管理", "徵信管理", "Credit reporting"}}, {"collection", largeName{"催收合规", "催收合規", "Collection"}},
	{"corporate", largeName{"对公业务", "對公業務", "Corporate banking"}}, {"forex", largeName{"外汇业务", "外匯業務", "Foreign exchange"}},
	{"tax", largeName{"涉税信息", "涉稅資訊", "Tax information"}}, {"advertising", largeName{"营销宣传", "行銷宣傳", "Advertising"}},
	{"fees", largeName{"服务收费", "服務收費", "Fees"}}, {"records", largeName{"双录管理", "雙錄管理", "Recorded sales"}},
	{"whistle", largeName{"举报与保护", "舉報與保護", "Whistleblowing"}}, {"green", largeName{"绿色金融", "綠色金融", "Green finance"}},
}

// publish publishes the courses as authors would, and lets people of the sample sit
// their quizzes, each with another result: attempts of others are such as these.
func (l *largeBank) publish(ctx context.Context) error {
	l.clock.at(l.began())
	for i, t := range topics {
		for level, suffix := range []largeName{{"基础", "基礎", " essentials"}, {"进阶", "進階", " in practice"}} {
			n := 2*i + level
			c := largeCourse{slug: fmt.Sprintf("%s-%d", t.slug, level+1), n: n, quiz: n%8 < 3, months: []int{12, 24, 36, 12, 0}[n%5],
				titles: i18n.Texts{i18n.Hans: t.hans + suffix.hans, i18n.Hant: t.hant + suffix.hant, i18n.English: t.english + suffix.english}}
			if _, err := l.bank.courses.Publish(ctx, people.System(), c.files(), false, 0); err != nil {
				return fmt.Errorf("%s: %w", c.slug, err)
			}
			l.courses = append(l.courses, c)
		}
	}
	for _, c := range l.courses {
		if !c.quiz {
			continue
		}
		if err := l.sitAll(ctx, c); err != nil {
			return fmt.Errorf("%s: %w", c.slug, err)
		}
	}
	return nil
}

// files are the folder of the course.
func (c largeCourse) files() archive.Files {
	var head strings.Builder
	fmt.Fprintf(&head, "---\nslug: %s\ncategory: %s\nminutes: %d\n", c.slug, []string{"业务", "合规", "服务", "安全"}[c.n%4], 15+5*(c.n%6))
	for _, key := range []string{"titles", "summaries"} {
		fmt.Fprintf(&head, "%s: {zh-Hans: %s, zh-Hant: %s, en: %s}\n", key, c.titles[i18n.Hans], c.titles[i18n.Hant], c.titles[i18n.English])
	}
	if c.quiz {
		head.WriteString("quiz: {pass_mark: 60, attempts: 3, minutes: 30}\n")
	}
	if c.months > 0 {
		fmt.Fprintf(&head, "certificate: {valid_months: %d}\n", c.months)
	}
	files := archive.Files{"course.md": []byte(head.String() + "---\n")}
	for n := range 1 + c.n%3/2 {
		files[fmt.Sprintf("lessons/%02d-part-%d.zh-Hans.md", n+1, n+1)] = fmt.Appendf(nil, "# %s（%d）\n\n办理业务先核实身份，再说明风险，最后留下记录。\n", c.titles[i18n.Hans], n+1)
		files[fmt.Sprintf("lessons/%02d-part-%d.en.md", n+1, n+1)] = fmt.Appendf(nil, "# %s (%d)\n\nIdentify first, then explain the risk, then keep a record.\n", c.titles[i18n.English], n+1)
	}
	if c.quiz {
		for locale, text := range c.questions() {
			files["quiz."+string(locale)+".gift"] = text
		}
	}
	return files
}

// questions are five, one point each.
func (c largeCourse) questions() map[i18n.Locale][]byte {
	play := benchQuiz{Items: 5}
	return map[i18n.Locale][]byte{i18n.Hans: play.paper(i18n.Hans), i18n.English: play.paper(i18n.English)}
}

// sitAll lets ten people sit the quiz of the course: two for each number of blanks.
func (l *largeBank) sitAll(ctx context.Context, c largeCourse) error {
	list, faults := formats.ReadQuiz(c.questions())
	if len(faults) > 0 {
		return fmt.Errorf("the questions: %v", faults)
	}
	key := make([]items.Response, len(list))
	for i, it := range list {
		key[i] = it.Key()
	}
	for n := range 2 * len(key) {
		at := l.began().Add(time.Duration(24*(c.n+1)+n) * time.Hour)
		if err := l.sit(ctx, l.members[30+n], c.slug, at, key, n); err != nil {
			return fmt.Errorf("attempt %d: %w", n+1, err)
		}
	}
	return nil
}

// sit reads the course, leaves n/2 of the answers blank and submits.
func (l *largeBank) sit(ctx context.Context, m member, slug string, at time.Time, key []items.Response, n int) error {
	if err := l.readSome(ctx, m, slug, at, 100); err != nil {
		return err
	}
	page, err := l.training.Course(ctx, m.actor, slug)
	if err != nil {
		return err
	}
	card, err := l.quizzes.QuizOfCourse(ctx, m.actor, page.CourseID)
	if err != nil {
		return err
	}
	at = at.Add(time.Hour)
	l.clock.at(at)
	attempt, err := l.quizzes.Start(ctx, m.actor, card.QuizID, "")
	if err != nil {
		return err
	}
	for i, response := range key {
		if (i+n)%len(key) < n/2 {
			continue
		}
		l.clock.at(at.Add(time.Duration(i*40+n) * time.Second))
		shown, err := l.quizzes.ShownAs(ctx, attempt.ID, i+1, response)
		if err != nil {
			return err
		}
		if _, err := l.quizzes.SaveAnswer(ctx, m.actor, attempt.ID, i+1, quizzes.AnswerInput{Response: shown}); err != nil {
			return err
		}
	}
	l.clock.at(at.Add(time.Duration(4*60+20*n) * time.Second))
	_, err = l.quizzes.Submit(ctx, m.actor, attempt.ID)
	return err
}

// describe notes the courses, and the attempts that others are made of.
func (l *largeBank) describe(ctx context.Context) error {
	var rows [][]any
	for i, c := range l.courses {
		titles, err := json.Marshal(c.titles)
		if err != nil {
			return err
		}
		latest := l.daysAgo(5+i*37%350, 9)
		share := 0.2 + 0.22*float64(i*7%10)/9 // from a fifth of the people to twice as many
		rows = append(rows, []any{i + 1, c.slug, string(titles), c.months, c.quiz, latest, share})
	}
	if err := l.copy(ctx, "planned", `n integer, slug text, titles text, months integer, quiz boolean, latest timestamptz, share float8`, rows); err != nil {
		return err
	}
	return l.run(ctx, "6-courses")
}
