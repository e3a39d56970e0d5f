// Passwords: argon2id through libsodium. One hash takes some 50 ms of one core and 32 MiB on
// purpose; two at a time leave the request threads their share, the others wait in line.
#include "kernel/auth.hpp"
#include "kernel/auth/sodium.hpp"
#include "kernel/auth/turnstile.hpp"
#include "kernel/loop.hpp"

namespace ponte::auth {
namespace {

constexpr std::size_t memory_bytes = 32u << 20;
constexpr unsigned long long passes = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr int at_a_time = 2;
constexpr std::size_t longest_queue = 512;

// A core is a resource of the process, not of a server object: so this gate is one for all.
Turnstile& gate() {
    static Turnstile gate(at_a_time, longest_queue);
    return gate;
}

struct Hashing {
    std::string password;
    std::string operator()() const {
        std::string hash(crypto_pwhash_STRBYTES, '\0');
        if (crypto_pwhash_str(hash.data(), password.data(), password.size(), passes,
                              memory_bytes) != 0) {
            throw std::bad_alloc();
        }
        hash.resize(hash.find('\0'));
        return hash;
    }
};

// Somebody who does not exist costs as much as somebody who does.
bool waste_time_on(const std::string& password) {
    const std::string salt(crypto_pwhash_SALTBYTES, 's');
    std::string out(32, '\0');
    (void)crypto_pwhash(bytes_of(out), out.size(), password.data(), password.size(),
                        bytes_of(std::string_view(salt)), passes, memory_bytes,
                        crypto_pwhash_ALG_ARGON2ID13);
    return false;
}

struct Comparing {
    std::string hash, password;
    bool operator()() const {
        if (hash.empty()) {
            return waste_time_on(password);
        }
        return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
    }
};

}  // namespace

Task<std::string> hash_password(Loop& loop, std::string password) {
    need_sodium();
    const Hashing work{std::move(password)};
    const Turnstile::Place place = co_await gate().enter(loop);
    std::string hash = co_await offload(loop, work);
    co_return hash;
}

Task<bool> password_matches(Loop& loop, std::string hash, std::string password) {
    need_sodium();
    const Comparing work{std::move(hash), std::move(password)};
    const Turnstile::Place place = co_await gate().enter(loop);
    const bool is_right = co_await offload(loop, work);
    co_return is_right;
}

}  // namespace ponte::auth
