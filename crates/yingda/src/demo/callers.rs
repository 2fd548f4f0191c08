//! Who calls: people and companies that there are not.
//!
//! Numbers lie in 020-5550 and 138 0013 0…, companies sit in the invented town of 云屿, names are a surname and no more.

use super::dice::Dice;

/// Somebody who calls, and calls again.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Their name.
    pub contact: String,
    /// Their number.
    pub phone: String,
    /// Their company; empty for a private person.
    pub company: String,
    /// What the company does.
    pub industry: String,
    /// Their address for mail, where they have given one.
    pub mail: String,
}

const SURNAMES: &[&str] = &[
    "陈", "李", "黄", "张", "梁", "林", "吴", "刘", "何", "罗", "郑", "谢", "梅", "温", "蔡", "许", "邓", "冯", "叶",
    "苏", "程", "袁", "钟", "崔",
];
const WAYS: &[&str] = &["先生", "女士", "先生", "女士", "*", "老师", "经理"];
const NAMES: &[&str] = &[
    "远帆",
    "小满",
    "第七街",
    "蓝鲸岛",
    "木棉",
    "一苇",
    "北斗星",
    "青石",
    "白露",
    "拾光",
    "麦浪",
    "春山",
    "云梯",
    "铁树",
    "浮桥",
    "百川",
    "甜橙",
    "灯塔",
];
const TRADES: &[(&str, &str)] = &[
    ("精密机械有限公司", "机械制造"),
    ("食品有限公司", "食品加工"),
    ("包装材料厂", "包装印刷"),
    ("餐饮管理有限公司", "餐饮连锁"),
    ("贸易商行", "批发贸易"),
    ("纺织印染厂", "纺织"),
    ("物流仓储有限公司", "仓储物流"),
    ("电子科技有限公司", "电子"),
    ("医疗器械经营部", "医疗器械"),
    ("连锁超市", "零售"),
];

/// Everybody who may call.
#[derive(Debug)]
pub struct Callers {
    residents: Vec<Caller>,
    companies: Vec<Caller>,
}

impl Callers {
    /// The town's people: every seed has its own.
    #[must_use]
    pub fn new(mut dice: Dice) -> Self {
        let residents = (0..120)
            .map(|n| Caller {
                contact: name(&mut dice),
                phone: if n % 4 == 3 {
                    format!("020-5550-{:04}", 100 + n * 7)
                } else {
                    format!("138 0013 {:04}", 11 + n * 5)
                },
                company: String::new(),
                industry: String::new(),
                mail: String::new(),
            })
            .collect();
        let mut companies = Vec::new();
        for (n, base) in NAMES.iter().enumerate() {
            for part in 0..2 {
                let (trade, industry) = TRADES[(n * 3 + part * 4) % TRADES.len()];
                for voice in 0..2 {
                    let line = n * 12 + part * 5 + voice;
                    companies.push(Caller {
                        contact: name(&mut dice),
                        phone: if voice == 0 {
                            format!("020-5550-{:04}", 2000 + line)
                        } else {
                            format!("138 0013 {:04}", 700 + line)
                        },
                        company: format!("云屿{base}{trade}"),
                        industry: industry.to_owned(),
                        mail: if line % 3 == 0 { format!("kefu{line}@yunyu.example") } else { String::new() },
                    });
                }
            }
        }
        Self { residents, companies }
    }

    /// A private person.
    pub fn resident(&self, dice: &mut Dice) -> Caller {
        self.residents[dice.index(self.residents.len())].clone()
    }

    /// Somebody who calls for a company.
    pub fn company(&self, dice: &mut Dice) -> Caller {
        self.companies[dice.index(self.companies.len())].clone()
    }
}

fn name(dice: &mut Dice) -> String {
    format!("{}{}", dice.pick(SURNAMES), dice.pick(WAYS))
}
