//! What a slot can be filled with. All places, houses and machines are in 云屿, a town that there is not.

use super::dice::Dice;

const ESTATES: &[&str] =
    &["云屿花园", "望潮里", "听澜苑", "青禾府", "半山云筑", "星港湾", "麦田公馆", "东篱小镇", "南风庭"];
const ROADS: &[&str] = &[
    "云屿大道",
    "望潮路",
    "青禾街",
    "星港西路",
    "码头二街",
    "银杏路",
    "学院北路",
    "东堤路",
    "环岛路",
    "纺织街",
    "长桥路",
];
const SPOTS: &[&str] = &[
    "公交站旁",
    "小学正门口",
    "菜市场对面",
    "十字路口东南角",
    "人行道",
    "加油站出口",
    "桥头",
    "绿化带旁",
    "地铁在建工地边",
    "小区北门外",
];
const MODELS: &[&str] = &["YD-200", "YD-350", "YD-500S", "KX-12", "KX-30", "HM-8", "HM-8 Pro", "TR-600", "TR-900"];
const MACHINES: &[&str] =
    &["包装机", "贴标机", "灌装线", "数控切割机", "称重模块", "输送控制柜", "视觉检测仪", "封箱机"];
const SYMPTOMS: &[&str] = &[
    "运行约半小时后报警停机",
    "触摸屏黑屏，重启后能用几分钟",
    "反复提示 E07 通讯超时",
    "主轴异响，温度比平时高",
    "计数不准，少记约百分之三",
    "开机自检不过，停在第二步",
    "气压正常但不动作",
    "网络断开后不能自动重连",
];
const IMPACTS: &[&str] = &[
    "一条生产线停产",
    "两个班组降速生产",
    "影响当天发货",
    "影响一台设备，备机可用",
    "影响月底交货",
    "影响门店收银",
    "暂不影响生产",
];
const LAYOUTS: &[&str] = &["两房两厅", "三房两厅", "小三房", "四房两厅两卫", "一房一厅", "复式"];
const WISHES: &[&str] = &[
    "希望尽快回复。",
    "客户下午三点以后方便接听。",
    "客户说上周问过一次，还没有结果。",
    "客户白天上班，傍晚以后再联系也可以。",
    "客户语气比较着急。",
    "不急，本周内答复即可。",
    "请回复到来电号码。",
    "客户在外地，请先发文字再致电。",
    "客户说之前的同事态度很好，希望还由他跟进。",
    "",
    "",
    "客户要求书面说明。",
];
const LEAKS: &[&str] = &[
    "路面冒水，水面约两平方米，行人绕行",
    "阀门井往外溢水，流量不大",
    "管道爆裂，水柱约一米高，半幅路已淹",
    "墙根渗水，地面长期潮湿",
    "消火栓根部漏水",
    "路面塌陷一个小坑，坑里有清水",
    "施工挖断水管，正在大量出水",
    "水表前的接头滴水，水表没有走",
];
const AREAS: &[&str] = &[
    "{estate}一至六栋",
    "{road}两侧商铺",
    "{road}以东、青禾街以北约三百户",
    "{estate}及相邻小学",
    "仅影响来电人一户",
    "{road}沿线低压用户",
    "无停水，压力略降",
];
const CAUSES: &[&str] =
    &["接口老化", "管身锈蚀穿孔", "重车碾压", "第三方施工破坏", "阀门密封圈损坏", "地基沉降拉脱", "冬季冻胀"];
const CARRIERS: &[&str] = &["云屿陆运专线", "海上零担", "公司自有车辆", "客户指定物流"];
const MONTHS: &[&str] = &["上个月", "这个月", "最近两个月", "上季度"];
const FEATURES: &[&str] = &[
    "按班次导出产量报表",
    "两级审批",
    "对接现有的企业微信",
    "自定义报警短信",
    "多语言界面",
    "批量导入物料",
    "只读的看板账号",
    "按工位限制权限",
];

/// Draws a slot's word.
pub fn draw(slot: &str, dice: &mut Dice) -> String {
    let list = match slot {
        "estate" => ESTATES,
        "road" => ROADS,
        "spot" => SPOTS,
        "model" => MODELS,
        "machine" => MACHINES,
        "symptom" => SYMPTOMS,
        "impact" => IMPACTS,
        "layout" => LAYOUTS,
        "wish" => WISHES,
        "leak" => LEAKS,
        "cause" => CAUSES,
        "carrier" => CARRIERS,
        "month" => MONTHS,
        "feature" => FEATURES,
        other => return composed(other, dice),
    };
    dice.pick(list).to_owned()
}

/// Words that are made of numbers, or of other words.
fn composed(slot: &str, dice: &mut Dice) -> String {
    match slot {
        "unit" => {
            let floor = dice.between(2, 28);
            format!("{}栋{}单元{floor}{:02}", dice.between(1, 12), dice.between(1, 3), dice.between(1, 6))
        }
        "area" => {
            let area = dice.pick(AREAS);
            area.replace("{estate}", dice.pick(ESTATES)).replace("{road}", dice.pick(ROADS))
        }
        "number" => dice.between(2, 260).to_string(),
        "account" => format!("0{}", dice.between(1_020_000, 1_899_999)),
        "order" => format!("DH{}", dice.between(260_100, 268_999)),
        "days" => dice.between(2, 15).to_string(),
        "people" => dice.between(3, 40).to_string(),
        "pieces" => dice.between(2, 120).to_string(),
        "hours" => dice.between(2, 9).to_string(),
        "fee" => dice.between(48, 930).to_string(),
        "usual" => dice.between(18, 46).to_string(),
        "size" => dice.between(72, 168).to_string(),
        "month_day" => format!("{}月{}日", dice.between(1, 12), dice.between(1, 28)),
        "clock" => format!("{}点{}", dice.between(7, 20), dice.pick(&["", "半", "一刻"])),
        "version" => format!("{}.{}.{}", dice.between(2, 4), dice.between(0, 9), dice.between(0, 12)),
        "part" => dice
            .pick(&["控制板", "传感器", "电源模块", "通讯线", "伺服驱动器", "密封组件", "触摸屏", "继电器"])
            .to_owned(),
        "gate" => dice.pick(&["东门", "南门", "北门", "西门", "地库入口"]).to_owned(),
        _ => String::new(),
    }
}
