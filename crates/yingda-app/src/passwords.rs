//! Passwords: argon2id hashes, and the rule for new ones.

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use yingda_core::{Context, Refusal};

use crate::{AppError, AppResult};

/// Shortest password, in characters. Length is what counts; composition rules make people write passwords down.
pub const SHORTEST: usize = 8;
/// Longest, in characters; hashing a novel would be a way to keep the desk busy.
pub const LONGEST: usize = 200;

/// 19 MiB, two passes, one lane: OWASP's recommendation for argon2id.
fn argon2() -> AppResult<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|e| AppError::House(format!("argon2: {e}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Refuses what is too short or too long.
pub(crate) fn check(field: &str, password: &str) -> Result<(), Refusal> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Refusal::Fields(vec![
            yingda_core::refusal::FieldRefusal::new(field, "password-short").with("min", SHORTEST),
        ]));
    }
    if length > LONGEST {
        return Err(Refusal::field(field, "too-long"));
    }
    Ok(())
}

/// Hashing takes 19 MiB each time: two at once, the others wait their turn, so that many tries cannot take the memory.
static TURNS: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);

async fn turn() -> AppResult<tokio::sync::SemaphorePermit<'static>> {
    TURNS.acquire().await.map_err(|e| AppError::House(format!("hashing has stopped: {e}")))
}

/// Hashes a password, away from the threads that serve requests.
pub(crate) async fn hash(ctx: &Context, password: &str) -> AppResult<String> {
    let _turn = turn().await?;
    let password = password.to_owned();
    let salt: [u8; 32] = {
        use sha2::Digest;
        sha2::Sha256::digest(crate::secret::fresh(ctx, "salt").as_bytes()).into()
    };
    tokio::task::spawn_blocking(move || {
        argon2()?
            .hash_password_with_salt(password.as_bytes(), &salt[..16])
            .map(|hash| hash.to_string())
            .map_err(|e| AppError::House(format!("argon2: {e}")))
    })
    .await
    .map_err(|e| AppError::House(format!("hashing was interrupted: {e}")))?
}

/// Whether a password is the one that was hashed. Without a hash (an unknown name) as much work is done for nothing, so
/// that the time tells nothing.
pub(crate) async fn verify(password: &str, hash: Option<String>) -> AppResult<bool> {
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let _turn = turn().await?;
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let text = hash.unwrap_or_else(|| NOBODY.to_owned());
        let Ok(parsed) = PasswordHash::new(&text) else {
            return Ok(false);
        };
        Ok(argon2()?.verify_password(password.as_bytes(), &parsed).is_ok() && known)
    })
    .await
    .map_err(|e| AppError::House(format!("verifying was interrupted: {e}")))?
}
