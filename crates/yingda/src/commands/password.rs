//! `person set-password`: for an administrator who is locked out. Whoever has the folder is let do it.

use std::io::BufRead;
use std::process::ExitCode;

use yingda_app::people::PersonText;
use yingda_core::{Actor, DepartmentId, PersonId, Refusal, Role};

use crate::edge::edge;
use crate::house::House;
use crate::saying::line;
use crate::settings::Data;
use crate::trouble::Trouble;

/// Sets somebody's password; their sessions and tokens end.
///
/// # Errors
/// [`Trouble::NoSuchPerson`], [`Trouble::Refused`] for a password that is too short, [`Trouble::FolderInUse`].
pub async fn set(login: &str, data: &Data) -> Result<ExitCode, Trouble> {
    let house = House::enter(data).await?;
    let directory = house.app.directory();
    let person = directory.person(login).ok_or_else(|| Trouble::NoSuchPerson(login.to_owned()))?;
    eprintln!("请输入新密码并回车 / Type the new password and press Enter:");
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password).map_err(|error| Trouble::File("-".into(), error))?;
    let text = PersonText {
        login: person.login.clone(),
        name: person.name.clone(),
        department: Some(person.department),
        roles: person.roles.clone(),
        active: person.active,
        password: password.trim_end_matches(['\r', '\n']).to_owned(),
    };
    if text.password.is_empty() {
        return Err(Trouble::Refused(crate::saying::refused(&Refusal::field("password", "missing"))));
    }
    house.app.edit_person(&edge()(), &the_house(person.department), person.id, text, person.version).await?;
    line(&format!("已为「{login}」设置新密码。/ The password of “{login}” is set."));
    Ok(ExitCode::SUCCESS)
}

/// Whoever has the folder of the desk acts as its administrator.
fn the_house(department: DepartmentId) -> Actor {
    Actor { person: PersonId(0), name: String::new(), department, roles: [Role::Administrator].into_iter().collect() }
}
