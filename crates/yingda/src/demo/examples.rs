//! The two example rows of S03's form (E-01), as the document prints them, with the blank lost between day and hour.

use yingda_app::import::{Apply, ImportFile};
use yingda_app::{App, AppError, AppResult, Once};
use yingda_core::{Actor, Context};

const ROWS: &str = "\
工单编号,客户名称,联系人,联系方式,问题类型,问题描述(含时间/影响范围),优先级,处理部门,责任人,受理时间,响应时间,解决时间,处理结果摘要,客户评价,备注
CS2024901,科技有限公司,张*,5678,技术故障,\"设备运行中频繁报错,影响生产\",紧急,售后部,李*,2024-10-0109:30,2024-10-0110:00,2024-10-0115:00,\"更换故障模块,设备正常运行\",满意,客户要求后续加强操作培训
CS2024902,YY贸易集团,王*,139,售前咨询,\"询价定制产品,需3天内提供方案\",高,销售部,赵*,2024-10-0114:20,2024-10-0115:00,2024-10-0210:00,\"已发送定制方案及报价单,待客户确认\",一般,客户希望增加功能细节说明
";

/// How many there are.
pub const ROWS_OF_THE_DOCUMENT: usize = 2;

/// Imports them, as anybody would.
///
/// # Errors
/// [`AppError::House`] where the desk finds a fault in them.
pub async fn take_in(app: &App, ctx: &Context, actor: &Actor) -> AppResult<()> {
    let file = ImportFile {
        process: "enterprise-support".to_owned(),
        name: "流程记录表单.csv".to_owned(),
        bytes: ROWS.as_bytes().to_vec(),
        sheet: None,
        mapping: None,
        once: Once::unkeyed(),
    };
    let report = app.import(ctx, actor, file, Apply::AllOrNothing).await?;
    let imported = report.as_ref().ok().and_then(|report| report.imported);
    if imported == Some(ROWS_OF_THE_DOCUMENT) {
        return Ok(());
    }
    Err(AppError::House(format!("the document's example rows were not taken in: {report:?}")))
}
