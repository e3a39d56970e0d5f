#include "modules/accounts/weak_password.hpp"

#include <algorithm>

namespace ponte::accounts {
namespace {

constexpr std::size_t longest_group = 3;

// What people run their fingers along, in either direction.
constexpr std::string_view rows[] = {
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv",
    "qazwsxedcrfvtgbyhnujmikolp",
    "qweasdzxc",
};

// The stems of the passwords that lists of broken ones begin with, in both languages.
constexpr std::string_view common[] = {
    "abc",      "acesso",    "admin",    "administrador", "administrator", "amor",     "baseball",
    "batman",   "brasil",    "changeme", "computer",      "corinthians",   "deus",     "dragon",
    "flamengo", "football",  "iloveyou", "jesus",         "letmein",       "login",    "master",
    "mudar",    "palmeiras", "pass",     "passw0rd",      "password",      "p@ssw0rd", "p@ssword",
    "princesa", "princess",  "qwer",     "qwerty",        "santos",        "senha",    "shadow",
    "starwars", "sunshine",  "superman", "teamo",         "teste",         "test",     "trustno",
    "vasco",    "welcome",   "whatever", "minhasenha",    "saopaulo",      "gremio",   "mudarsenha",
};

bool is_group_repeated(std::string_view text) {
    for (std::size_t size = 1; size <= longest_group && size < text.size(); ++size) {
        // Shifted by the group it is still the same.
        if (text.substr(size) == text.substr(0, text.size() - size)) {
            return true;
        }
    }
    return false;
}

bool is_row(std::string_view text) {
    const std::string backwards(text.rbegin(), text.rend());
    return std::any_of(std::begin(rows), std::end(rows), [&](std::string_view row) {
        return row.find(text) != row.npos || row.find(backwards) != row.npos;
    });
}

// "senha123", "Password2026!": the digits and marks behind a word are guessed with it.
std::string_view stem_of(std::string_view text) {
    const auto is_tail = [](char c) {
        return (c >= '0' && c <= '9') ||
               std::string_view("!@#$%&*.-_ ").find(c) != std::string_view::npos;
    };
    while (!text.empty() && is_tail(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace

bool is_weak_password(std::string_view password, std::string_view email) {
    if (password.find_first_not_of(' ') == password.npos || is_group_repeated(password) ||
        is_row(password)) {
        return true;
    }
    const std::string_view stem = stem_of(password);
    const bool is_common =
        std::find(std::begin(common), std::end(common), stem) != std::end(common);
    const std::string_view own = email.substr(0, email.find('@'));
    const bool is_own = !email.empty() && (password == email || password == own || stem == own);
    return stem.empty() ? password.size() < 12 : is_common || is_own;
}

}  // namespace ponte::accounts
