//! The command line: what can be asked for, and nothing else.

pub mod calendar;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// 应答：客服工单系统 / Yingda, the customer-service desk
#[derive(Debug, Parser)]
#[command(name = "yingda", version, about, propagate_version = true)]
pub struct Settings {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be asked for.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 启动客服台 / Run the desk
    Serve(Desk),
    /// 启动带演示数据的客服台 / Run a desk with a demonstration company in it
    Demo(Desk),
    /// 流程文件 / Process files
    Process {
        /// Which of them.
        #[command(subcommand)]
        command: ProcessCommand,
    },
    /// 日历文件：到期时间、工作时间、法定节假日 / Calendar files: due times, working time, statutory days
    Calendar {
        /// Which of them.
        #[command(subcommand)]
        command: calendar::CalendarCommand,
    },
    /// 导入工单表格，默认只检查 / Import a table of tickets; only checks it unless told otherwise
    Import(Import),
    /// 导出工单表格 / Export a table of tickets
    Export(Export),
    /// 人员 / People
    Person {
        /// Which of them.
        #[command(subcommand)]
        command: PersonCommand,
    },
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub struct Data {
    /// 数据目录 / Folder of the data
    #[arg(long, value_name = "DIR", default_value = "yingda-data")]
    pub data: PathBuf,
    /// 用 PostgreSQL 代替目录里的数据库 / PostgreSQL instead of the database in the folder
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
}

/// A desk that listens.
#[derive(Debug, Clone, Args)]
pub struct Desk {
    /// Where its data is.
    #[command(flatten)]
    pub data: Data,
    /// 监听地址 / Address to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: String,
}

/// What can be done with process files.
#[derive(Debug, Subcommand)]
pub enum ProcessCommand {
    /// 检查流程文件，列出全部问题 / Check process files and list every fault
    Check {
        /// 流程文件 / Process files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// 语言 / Language
        #[arg(long, value_enum, default_value_t = Language::Zh)]
        lang: Language,
    },
    /// 画泳道图 (SVG) / Draw the swimlane chart
    Draw {
        /// 流程文件 / Process file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// 写入文件，默认标准输出 / File to write; standard output if not given
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// 语言 / Language
        #[arg(long, value_enum, default_value_t = Language::Zh)]
        lang: Language,
    },
}

/// The language of sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// 简体中文
    Zh,
    /// English
    En,
}

/// A table to take in.
#[derive(Debug, Args)]
pub struct Import {
    /// 表格 (.xlsx 或 CSV) / Table (.xlsx or CSV)
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// 流程标识 / Id of the process that the rows come to
    #[arg(long, value_name = "NAME", default_value = "enterprise-support")]
    pub process: String,
    /// 栏目对应关系 (JSON 文件) / Mapping of columns, a JSON file
    #[arg(long, value_name = "JSON")]
    pub mapping: Option<PathBuf>,
    /// 工作表名称 / Sheet of a workbook
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,
    /// 以谁的身份 (登录名) / Login of whoever imports
    #[arg(long = "as", value_name = "LOGIN")]
    pub login: String,
    /// 真正导入；有任何问题则一条也不导入 / Take it in, all or nothing
    #[arg(long)]
    pub apply: bool,
    /// 语言 / Language
    #[arg(long, value_enum, default_value_t = Language::Zh)]
    pub lang: Language,
    /// Where the data is.
    #[command(flatten)]
    pub data: Data,
}

/// A table to give out.
#[derive(Debug, Args)]
pub struct Export {
    /// 写入的文件，按扩展名 .xlsx 或 .csv / File to write, .xlsx or .csv by its ending
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// 只导出一个流程 / Only one process
    #[arg(long, value_name = "NAME")]
    pub process: Option<String>,
    /// CSV 用 GBK 编码 / Write CSV as GBK
    #[arg(long)]
    pub gbk: bool,
    /// 在原件 15 栏之后加上其余栏目 / Add the columns that the document has no place for
    #[arg(long)]
    pub all_columns: bool,
    /// 以谁的身份 (登录名) / Login of whoever exports
    #[arg(long = "as", value_name = "LOGIN")]
    pub login: String,
    /// Where the data is.
    #[command(flatten)]
    pub data: Data,
}

/// What can be done about people.
#[derive(Debug, Subcommand)]
pub enum PersonCommand {
    /// 从标准输入读取新密码 / Set a password, read from standard input
    SetPassword {
        /// 登录名 / Login
        #[arg(value_name = "LOGIN")]
        login: String,
        /// Where the data is.
        #[command(flatten)]
        data: Data,
    },
}
