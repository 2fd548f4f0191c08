//! The State Council's yearly holiday notices of China, 2018–2026, as data.
//!
//! The one thing to know: a notice may reach back into the last days of the December before its year (2018-12-29, 2022-12-31),
//! so a day stands under the year of the notice that announced it. Dates are written `yyyymmdd`; runs of free days are inclusive.
//! Facts from the notices named beside each year, cross-read through the holiday-cn data set (MIT). Not here: how the table is
//! searched (`statutory.rs`), and any year whose notice has not been published.

use super::{Festival::*, Notice};

/// One entry per published notice, in the order of years.
pub(super) const NOTICES: &[Notice] = &[
    Notice {
        year: 2018,
        sources: &[
            "http://www.gov.cn/zhengce/zhengceku/2017-11/30/content_5243579.htm",
        ],
        free: &[
            (2018_0101, 2018_0101, NewYear),
            (2018_0215, 2018_0221, Spring),
            (2018_0405, 2018_0407, Qingming),
            (2018_0429, 2018_0501, Labour),
            (2018_0618, 2018_0618, DragonBoat),
            (2018_0924, 2018_0924, MidAutumn),
            (2018_1001, 2018_1007, National),
        ],
        make_up: &[
            (2018_0211, Spring),
            (2018_0224, Spring),
            (2018_0408, Qingming),
            (2018_0428, Labour),
            (2018_0929, National),
            (2018_0930, National),
        ],
    },
    Notice {
        year: 2019,
        sources: &[
            "http://www.gov.cn/zhengce/zhengceku/2018-12/06/content_5346276.htm",
            "http://www.gov.cn/zhengce/zhengceku/2019-03/22/content_5375877.htm",
        ],
        free: &[
            (2018_1230, 2019_0101, NewYear),
            (2019_0204, 2019_0210, Spring),
            (2019_0405, 2019_0405, Qingming),
            (2019_0501, 2019_0504, Labour),
            (2019_0607, 2019_0607, DragonBoat),
            (2019_0913, 2019_0913, MidAutumn),
            (2019_1001, 2019_1007, National),
        ],
        make_up: &[
            (2018_1229, NewYear),
            (2019_0202, Spring),
            (2019_0203, Spring),
            (2019_0428, Labour),
            (2019_0505, Labour),
            (2019_0929, National),
            (2019_1012, National),
        ],
    },
    Notice {
        year: 2020,
        sources: &[
            "http://www.gov.cn/zhengce/zhengceku/2019-11/21/content_5454164.htm",
            "http://www.gov.cn/zhengce/zhengceku/2020-01/27/content_5472352.htm",
        ],
        free: &[
            (2020_0101, 2020_0101, NewYear),
            (2020_0124, 2020_0202, Spring),
            (2020_0404, 2020_0406, Qingming),
            (2020_0501, 2020_0505, Labour),
            (2020_0625, 2020_0627, DragonBoat),
            (2020_1001, 2020_1008, NationalMidAutumn),
        ],
        make_up: &[
            (2020_0119, Spring),
            (2020_0203, Spring),
            (2020_0426, Labour),
            (2020_0509, Labour),
            (2020_0628, DragonBoat),
            (2020_0927, NationalMidAutumn),
            (2020_1010, NationalMidAutumn),
        ],
    },
    Notice {
        year: 2021,
        sources: &[
            "http://www.gov.cn/zhengce/zhengceku/2020-11/25/content_5564127.htm",
        ],
        free: &[
            (2021_0101, 2021_0103, NewYear),
            (2021_0211, 2021_0217, Spring),
            (2021_0403, 2021_0405, Qingming),
            (2021_0501, 2021_0505, Labour),
            (2021_0612, 2021_0614, DragonBoat),
            (2021_0919, 2021_0921, MidAutumn),
            (2021_1001, 2021_1007, National),
        ],
        make_up: &[
            (2021_0207, Spring),
            (2021_0220, Spring),
            (2021_0425, Labour),
            (2021_0508, Labour),
            (2021_0918, MidAutumn),
            (2021_0926, National),
            (2021_1009, National),
        ],
    },
    Notice {
        year: 2022,
        sources: &[
            "http://www.gov.cn/zhengce/zhengceku/2021-10/25/content_5644835.htm",
        ],
        free: &[
            (2022_0101, 2022_0103, NewYear),
            (2022_0131, 2022_0206, Spring),
            (2022_0403, 2022_0405, Qingming),
            (2022_0430, 2022_0504, Labour),
            (2022_0603, 2022_0605, DragonBoat),
            (2022_0910, 2022_0912, MidAutumn),
            (2022_1001, 2022_1007, National),
        ],
        make_up: &[
            (2022_0129, Spring),
            (2022_0130, Spring),
            (2022_0402, Qingming),
            (2022_0424, Labour),
            (2022_0507, Labour),
            (2022_1008, National),
            (2022_1009, National),
        ],
    },
    Notice {
        year: 2023,
        sources: &[
            "http://www.gov.cn/zhengce/zhengceku/2022-12/08/content_5730844.htm",
        ],
        free: &[
            (2022_1231, 2023_0102, NewYear),
            (2023_0121, 2023_0127, Spring),
            (2023_0405, 2023_0405, Qingming),
            (2023_0429, 2023_0503, Labour),
            (2023_0622, 2023_0624, DragonBoat),
            (2023_0929, 2023_1006, NationalMidAutumn),
        ],
        make_up: &[
            (2023_0128, Spring),
            (2023_0129, Spring),
            (2023_0423, Labour),
            (2023_0506, Labour),
            (2023_0625, DragonBoat),
            (2023_1007, NationalMidAutumn),
            (2023_1008, NationalMidAutumn),
        ],
    },
    Notice {
        year: 2024,
        sources: &[
            "https://www.gov.cn/zhengce/zhengceku/202310/content_6911528.htm",
        ],
        free: &[
            (2024_0101, 2024_0101, NewYear),
            (2024_0210, 2024_0217, Spring),
            (2024_0404, 2024_0406, Qingming),
            (2024_0501, 2024_0505, Labour),
            (2024_0610, 2024_0610, DragonBoat),
            (2024_0915, 2024_0917, MidAutumn),
            (2024_1001, 2024_1007, National),
        ],
        make_up: &[
            (2024_0204, Spring),
            (2024_0218, Spring),
            (2024_0407, Qingming),
            (2024_0428, Labour),
            (2024_0511, Labour),
            (2024_0914, MidAutumn),
            (2024_0929, National),
            (2024_1012, National),
        ],
    },
    Notice {
        year: 2025,
        sources: &[
            "https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm",
        ],
        free: &[
            (2025_0101, 2025_0101, NewYear),
            (2025_0128, 2025_0204, Spring),
            (2025_0404, 2025_0406, Qingming),
            (2025_0501, 2025_0505, Labour),
            (2025_0531, 2025_0602, DragonBoat),
            (2025_1001, 2025_1008, NationalMidAutumn),
        ],
        make_up: &[
            (2025_0126, Spring),
            (2025_0208, Spring),
            (2025_0427, Labour),
            (2025_0928, NationalMidAutumn),
            (2025_1011, NationalMidAutumn),
        ],
    },
    Notice {
        year: 2026,
        sources: &[
            "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm",
        ],
        free: &[
            (2026_0101, 2026_0103, NewYear),
            (2026_0215, 2026_0223, Spring),
            (2026_0404, 2026_0406, Qingming),
            (2026_0501, 2026_0505, Labour),
            (2026_0619, 2026_0621, DragonBoat),
            (2026_0925, 2026_0927, MidAutumn),
            (2026_1001, 2026_1007, National),
        ],
        make_up: &[
            (2026_0104, NewYear),
            (2026_0214, Spring),
            (2026_0228, Spring),
            (2026_0509, Labour),
            (2026_0920, National),
            (2026_1010, National),
        ],
    },
];
