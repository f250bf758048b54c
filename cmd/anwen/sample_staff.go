package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math/rand/v2"

	"anwen/internal/audit"
	"anwen/internal/i18n"
	"anwen/people"
)

// member is a person of the sample institution whose history is made.
type member struct {
	actor    people.Actor
	position string
	branch   string
}

type branch struct{ code, hans, hant, english, parent string }

// names are the unit's, by language.
func (b branch) names() i18n.Texts {
	return i18n.Texts{i18n.Hans: b.hans, i18n.Hant: b.hant, i18n.English: b.english}
}

var institution = branch{"AH", "安和银行", "安和銀行", "Anhe Bank", ""}

var regions = []branch{
	{"AH-E", "华东分行", "華東分行", "East China", "AH"},
	{"AH-S", "华南分行", "華南分行", "South China", "AH"},
	{"AH-N", "华北分行", "華北分行", "North China", "AH"},
	{"AH-W", "西南分行", "西南分行", "Southwest China", "AH"},
}

var branches = []branch{
	{"AH-E01", "外滩支行", "外灘支行", "Bund branch", "AH-E"}, {"AH-E02", "陆家嘴支行", "陸家嘴支行", "Lujiazui branch", "AH-E"},
	{"AH-E03", "西湖支行", "西湖支行", "West Lake branch", "AH-E"}, {"AH-E04", "玄武支行", "玄武支行", "Xuanwu branch", "AH-E"},
	{"AH-S01", "天河支行", "天河支行", "Tianhe branch", "AH-S"}, {"AH-S02", "福田支行", "福田支行", "Futian branch", "AH-S"},
	{"AH-S03", "南山支行", "南山支行", "Nanshan branch", "AH-S"}, {"AH-S04", "禅城支行", "禪城支行", "Chancheng branch", "AH-S"},
	{"AH-N01", "西单支行", "西單支行", "Xidan branch", "AH-N"}, {"AH-N02", "中关村支行", "中關村支行", "Zhongguancun branch", "AH-N"},
	{"AH-N03", "和平支行", "和平支行", "Heping branch", "AH-N"}, {"AH-N04", "桥西支行", "橋西支行", "Qiaoxi branch", "AH-N"},
	{"AH-W01", "锦江支行", "錦江支行", "Jinjiang branch", "AH-W"}, {"AH-W02", "渝中支行", "渝中支行", "Yuzhong branch", "AH-W"},
	{"AH-W03", "五华支行", "五華支行", "Wuhua branch", "AH-W"}, {"AH-W04", "南明支行", "南明支行", "Nanming branch", "AH-W"},
}

var (
	surnames  = []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎")
	given     = []string{"伟", "芳", "娜", "敏", "静", "磊", "洋", "艳", "勇", "杰", "娟", "涛", "明", "超", "霞", "平", "刚", "桂英", "文博", "思远", "雨桐", "梓涵", "子轩", "欣怡", "嘉豪", "晓彤", "志强", "建华", "秀兰", "海燕", "俊杰", "雪梅", "浩然", "佳宁", "宇航", "诗涵", "国栋", "丽华", "晨曦", "若溪"}
	rareNames = []string{"𠮷田喆", "堃", "镕基", "䶮", "𬭎"}
	positions = []string{"客户经理", "柜员", "大堂经理", "理财经理", "投诉处理专员"}
)

// signIns are the people whose login is printed when the demo starts.
var signIns = []struct {
	login, name, unit, position, language string
	role                                  people.Role
}{
	{"employee", "林若溪", "AH-E01", "投诉处理专员", "zh-Hans", ""},
	{"officer", "周文博", "AH", "合规官", "zh-Hans", people.Compliance},
	{"desk", "陈海燕", "AH", "投诉处理部负责人", "zh-Hans", people.ComplaintDesk},
	{"hr", "何佳宁", "AH", "人力资源经理", "zh-Hans", people.HR},
	{"admin", "孙国栋", "AH", "系统管理员", "zh-Hans", people.Administrator},
	{"approver", "罗志强", "AH", "合规部负责人", "zh-Hans", people.Compliance},
	{"auditor", "高丽华", "AH", "内部审计师", "zh-Hans", people.Auditor},
}

// staffPerBranch and the sign-ins make a bank of about 250.
const staffPerBranch = 15

// staff imports units and people from a CSV file, as an administrator would.
func (b *bank) staff(ctx context.Context) error {
	b.clock.at(b.daysAgo(730, 8))
	raw, err := staffFile()
	if err != nil {
		return err
	}
	if _, err := b.people.Import(ctx, people.System(), "sample.csv", raw, false); err != nil {
		return err
	}
	hash, err := people.HashPassword(ctx, samplePassword)
	if err != nil {
		return err
	}
	for _, s := range signIns {
		if err := b.people.SetSamplePassword(ctx, s.login, hash); err != nil {
			return err
		}
		if s.role == "" {
			continue
		}
		id, err := b.people.IDOfLogin(ctx, s.login)
		if err != nil {
			return err
		}
		if err := b.people.GrantRole(ctx, people.System(), id, s.role, institution.code); err != nil {
			return err
		}
	}
	if err := b.meetStaff(ctx); err != nil {
		return err
	}
	_, err = audit.Seal(ctx, b.db, b.now)
	return err
}

// meetStaff reads who works there.
func (b *bank) meetStaff(ctx context.Context) error {
	var rows []struct {
		ID, UnitID                                   int64
		EmployeeNo, Name, Position, Code, Path, Zone string
	}
	err := b.db.WithContext(ctx).Raw(`SELECT p.id, p.unit_id, p.employee_no, p.name, p.position, u.code, u.path, u.zone
		FROM people p JOIN units u ON u.id = p.unit_id ORDER BY p.id`).Scan(&rows).Error
	for _, r := range rows {
		b.members = append(b.members, member{position: r.Position, branch: r.Code, actor: people.Actor{PersonID: r.ID, EmployeeNo: r.EmployeeNo,
			Name: r.Name, UnitID: r.UnitID, UnitPath: r.Path, Position: r.Position, Locale: "zh-Hans", Zone: r.Zone}})
	}
	return err
}

// staffFile writes the staff list: units with their names, then people.
func staffFile() ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Write([]string{"employee_no", "name", "login", "unit_code", "unit_name", "unit_name_zh_hant", "unit_name_en", "parent_unit_code",
		"position", "manager_no", "language", "email"})
	random := rand.New(rand.NewPCG(20241101, 7))
	number := 0
	add := func(u branch, name, login, position, manager, language string) string {
		number++
		no := fmt.Sprintf("AH%05d", number)
		w.Write([]string{no, name, login, u.code, u.hans, u.hant, u.english, u.parent, position, manager, language, no + "@anhe.example"})
		return no
	}
	name := func() string {
		return string(surnames[random.IntN(len(surnames))]) + given[random.IntN(len(given))]
	}
	head := add(institution, name(), "", "行长", "", "zh-Hans")
	managers := map[string]string{"AH": head}
	for _, s := range signIns {
		if s.unit == institution.code {
			add(institution, s.name, s.login, s.position, head, s.language)
		}
	}
	for _, r := range regions {
		managers[r.code] = add(r, name(), "", "分行行长", head, "zh-Hans")
	}
	for i, u := range branches {
		manager := add(u, name(), "", "支行行长", managers[u.parent], "zh-Hans")
		for _, s := range signIns {
			if s.unit == u.code {
				add(u, s.name, s.login, s.position, manager, s.language)
			}
		}
		for n := range staffPerBranch - 1 {
			who := name()
			if n == 0 && i < len(rareNames) {
				who = string(surnames[i]) + rareNames[i]
				if i == 0 {
					who = rareNames[0]
				}
			}
			add(u, who, "", positions[n%len(positions)], manager, "zh-Hans")
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}
