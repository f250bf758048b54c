package complaints

import (
	"anwen/internal/i18n"
	"anwen/internal/sheet"
)

// Field is what a column of a file holds.
type Field string

// The fields of a fact.
const (
	Reference     Field = "reference"
	ClassOf       Field = "class"
	Channel       Field = "channel"
	Product       Field = "product"
	Cause         Field = "cause"
	Unit          Field = "unit"
	ReceivedAt    Field = "received_at"
	FirstReply    Field = "first_reply_at"
	FirstFeedback Field = "first_feedback_at"
	ClosedAt      Field = "closed_at"
	Responsible   Field = "responsible"
	Satisfaction  Field = "satisfaction"
	AnsweredOn    Field = "answered_on"
	Extra         Field = "extra"    // stored under its heading and used for nothing
	Customer      Field = "customer" // dropped
)

// Column is a column that a profile knows, with the headings it may have.
type Column struct {
	Field    Field
	Headings []string
	Required bool
}

// Profile says how a kind of file is read. A new kind is a new value in Profiles.
type Profile struct {
	Code    string
	Titles  i18n.Texts
	Columns []Column
	Layouts []string // of dates with a time, in Zone unless the cell has an offset
	Days    []string // of dates without a time
	Zone    string   // empty: the unit's
	Classes map[string]Class
	// Measured means that the file records when replies were made. Without that
	// timeliness cannot be judged, and no complaint is late.
	Measured bool
	// Derived means that a file without a reference column gets references that are
	// computed from each row's content, so that importing it again changes nothing.
	Derived bool
}

// Profiles lists the built-in profiles.
var Profiles = []Profile{house, cfpb}

// ProfileByCode finds a profile; false when there is none with the code.
func ProfileByCode(code string) (Profile, bool) {
	for _, p := range Profiles {
		if p.Code == code {
			return p, true
		}
	}
	return Profile{}, false
}

// house reads the file of the institution's own complaint desk, with headings in
// Chinese or English.
var house = Profile{
	Code:   "anwen",
	Titles: i18n.Texts{i18n.Hans: "本行投诉数据", i18n.Hant: "本行投訴資料", i18n.English: "The institution's complaint facts"},
	Columns: []Column{
		{Reference, []string{"reference", "投诉编号", "投訴編號", "申訴編號"}, true},
		{ClassOf, []string{"class", "类别", "類別", "投诉类别", "投訴類別"}, true},
		{Unit, []string{"unit", "unit_code", "机构", "机构编码", "單位", "單位代碼"}, true},
		{ReceivedAt, []string{"received_at", "受理时间", "受理時間", "收到时间"}, true},
		{FirstReply, []string{"first_reply_at", "首次回复时间", "首次回覆時間"}, false},
		{FirstFeedback, []string{"first_feedback_at", "初步反馈时间", "初步回饋時間"}, false},
		{ClosedAt, []string{"closed_at", "办结时间", "結案時間"}, false},
		{Channel, []string{"channel", "渠道", "管道"}, false},
		{Product, []string{"product", "产品", "產品", "业务"}, false},
		{Cause, []string{"cause", "root_cause", "根因", "问题根源", "問題根源"}, false},
		{Responsible, []string{"responsible", "responsible_no", "责任人工号", "責任人工號", "承辦人工號"}, false},
		{Satisfaction, []string{"satisfaction", "满意度", "滿意度"}, false},
		{AnsweredOn, []string{"answered_on", "满意度回复日期", "滿意度回覆日期"}, false},
		{Customer, customerHeadings, false},
	},
	Layouts: []string{"2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04",
		"2006/1/2 15:04:05", "2006/1/2 15:04", "2006年1月2日 15:04"},
	Days: []string{"2006-01-02", "2006/1/2", "2006年1月2日", "20060102"},
	Classes: map[string]Class{"general": General, "一般": General, "一般投诉": General, "一般投訴": General, "简单": General,
		"complex": Complex, "复杂": Complex, "复杂投诉": Complex, "複雜": Complex, "複雜投訴": Complex},
	Measured: true,
}

// customerHeadings are headings of columns about the customer. Such columns are
// dropped when a file is read, whatever its profile.
var customerHeadings = []string{
	"customer", "customer_name", "name", "client", "complainant", "phone", "mobile", "telephone", "email", "address", "id_number", "id_no",
	"account", "account_no", "card_no", "narrative", "description", "content", "date_of_birth", "gender",
	"客户", "客户姓名", "姓名", "投诉人", "投诉人姓名", "联系人", "手机", "手机号", "电话", "联系电话", "邮箱", "地址", "身份证", "身份证号", "证件号码",
	"账号", "账户", "卡号", "投诉内容", "投诉详情", "诉求", "性别", "出生日期",
	"客戶", "客戶姓名", "投訴人", "申訴人", "聯絡電話", "電話", "電子郵件", "身分證字號", "證件號碼", "帳號", "卡號", "投訴內容", "申訴內容",
}

// cfpb reads exports of the US Consumer Financial Protection Bureau's public
// complaint database, in the headings of its several years.
var cfpb = Profile{
	Code:   "cfpb",
	Titles: i18n.Texts{i18n.Hans: "美国 CFPB 公开投诉数据", i18n.Hant: "美國 CFPB 公開投訴資料", i18n.English: "US CFPB public complaint data"},
	Columns: []Column{
		{Reference, []string{"complaint id"}, false},
		{ReceivedAt, []string{"date received"}, true},
		{Product, []string{"product"}, true},
		{Cause, []string{"issue"}, false},
		{Channel, []string{"submitted via"}, false},
		{Extra, []string{"sub-product"}, false},
		{Extra, []string{"sub-issue"}, false},
		{Extra, []string{"company"}, false},
		{Extra, []string{"company public response"}, false},
		{Extra, []string{"date sent to company"}, false},
		{Extra, []string{"company response to consumer", "company response"}, false},
		{Extra, []string{"timely response?"}, false},
		{Extra, []string{"consumer disputed?"}, false},
		{Customer, []string{"consumer complaint narrative", "state", "zip code", "zipcode", "tags", "consumer consent provided?"}, false},
	},
	Days:    []string{"1/2/2006", "01/02/2006", "2006-01-02", "1/2/06"},
	Zone:    "America/New_York",
	Classes: map[string]Class{"": General},
	Derived: true,
}

// fieldOf finds the field of a heading; customer data is recognised in every file.
func (p Profile) fieldOf(heading string) (field Field, known bool) {
	folded := fold(heading)
	for _, c := range p.Columns {
		for _, h := range c.Headings {
			if fold(h) == folded {
				return c.Field, true
			}
		}
	}
	for _, h := range customerHeadings {
		if fold(h) == folded {
			return Customer, true
		}
	}
	return "", false
}

// known tells a reader of tables what the profile makes of a heading. The cells of
// columns about the customer are not read, each column that is only kept is a field of
// its own.
func (p Profile) known(heading string) (field string, read bool) {
	f, known := p.fieldOf(heading)
	switch {
	case !known:
		return "", false
	case f == Extra:
		return string(Extra) + " " + fold(heading), true
	}
	return string(f), f != Customer
}

// fold makes "Date received", "date_received" and "*DATE-RECEIVED" the same.
func fold(heading string) string { return sheet.FoldHeading(heading) }
