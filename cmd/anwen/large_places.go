package main

// cities are where the regions are.
var cities = []largeName{
	{"上海", "上海", "Shanghai"}, {"北京", "北京", "Beijing"}, {"广州", "廣州", "Guangzhou"}, {"深圳", "深圳", "Shenzhen"}, {"成都", "成都", "Chengdu"},
	{"杭州", "杭州", "Hangzhou"}, {"南京", "南京", "Nanjing"}, {"武汉", "武漢", "Wuhan"}, {"西安", "西安", "Xi'an"}, {"重庆", "重慶", "Chongqing"},
	{"天津", "天津", "Tianjin"}, {"苏州", "蘇州", "Suzhou"}, {"长沙", "長沙", "Changsha"}, {"郑州", "鄭州", "Zhengzhou"}, {"青岛", "青島", "Qingdao"},
	{"济南", "濟南", "Jinan"}, {"沈阳", "瀋陽", "Shenyang"}, {"大连", "大連", "Dalian"}, {"哈尔滨", "哈爾濱", "Harbin"}, {"长春", "長春", "Changchun"},
	{"福州", "福州", "Fuzhou"}, {"厦门", "廈門", "Xiamen"}, {"泉州", "泉州", "Quanzhou"}, {"合肥", "合肥", "Hefei"}, {"南昌", "南昌", "Nanchang"},
	{"昆明", "昆明", "Kunming"}, {"贵阳", "貴陽", "Guiyang"}, {"南宁", "南寧", "Nanning"}, {"海口", "海口", "Haikou"}, {"太原", "太原", "Taiyuan"},
	{"石家庄", "石家莊", "Shijiazhuang"}, {"呼和浩特", "呼和浩特", "Hohhot"}, {"兰州", "蘭州", "Lanzhou"}, {"西宁", "西寧", "Xining"}, {"银川", "銀川", "Yinchuan"},
	{"乌鲁木齐", "烏魯木齊", "Urumqi"}, {"拉萨", "拉薩", "Lhasa"}, {"宁波", "寧波", "Ningbo"}, {"无锡", "無錫", "Wuxi"}, {"佛山", "佛山", "Foshan"},
}

// streets are where the branches of a region are.
var streets = []largeName{
	{"解放路", "解放路", "Jiefang Road"}, {"人民路", "人民路", "Renmin Road"}, {"中山路", "中山路", "Zhongshan Road"}, {"建设路", "建設路", "Jianshe Road"},
	{"和平路", "和平路", "Heping Road"}, {"新华路", "新華路", "Xinhua Road"}, {"胜利路", "勝利路", "Shengli Road"}, {"东风路", "東風路", "Dongfeng Road"},
	{"长江路", "長江路", "Changjiang Road"}, {"黄河路", "黃河路", "Huanghe Road"}, {"文化路", "文化路", "Wenhua Road"}, {"学院路", "學院路", "Xueyuan Road"},
	{"开发区", "開發區", "Development Zone"}, {"高新区", "高新區", "High-tech Zone"}, {"滨江", "濱江", "Riverside"}, {"城南", "城南", "South"},
	{"城北", "城北", "North"}, {"火车站", "火車站", "Railway Station"}, {"大学城", "大學城", "University Town"}, {"古城", "古城", "Old Town"},
}

func placeRows(names []largeName) [][]any {
	rows := make([][]any, len(names))
	for i, n := range names {
		rows[i] = []any{i + 1, n.hans, n.hant, n.english}
	}
	return rows
}
