#include "kernel/auth/sha256.hpp"

#include <new>

#include "kernel/auth/sodium.hpp"

namespace ponte::auth {
namespace {

using State = crypto_hash_sha256_state;

State* state_in(std::array<unsigned char, 208>& bytes) {
    static_assert(sizeof(State) <= sizeof bytes && alignof(State) <= 16);
    return std::launder(reinterpret_cast<State*>(bytes.data()));
}

}  // namespace

Sha256::Sha256() {
    need_sodium();
    crypto_hash_sha256_init(new (state_.data()) State);
}

void Sha256::add(std::string_view bytes) {
    crypto_hash_sha256_update(state_in(state_), bytes_of(bytes), bytes.size());
}

std::string Sha256::hex() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256_final(state_in(state_), hash.data());
    std::string out(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), hash.data(), hash.size());
    out.pop_back();
    return out;
}

}  // namespace ponte::auth
