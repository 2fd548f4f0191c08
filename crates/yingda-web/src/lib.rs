//! Pages, JSON API, live updates, assets, sign-in.
