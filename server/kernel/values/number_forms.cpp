// Numbers as people type them when they look for one: half of it, with its mask, with the zero that
// long distance needs. Stored are +5511987654321, 12345678909, 12ABC34501DE35.
#include <algorithm>

#include "kernel/values.hpp"

namespace ponte {
namespace {

constexpr std::string_view marks = " ()-+./";
// As many digits as a number without its area has: shorter ones may begin with a zero of their own.
constexpr std::size_t shortest_phone = 8, shortest_form = 3;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

std::string without_marks(std::string_view text) {
    std::string bare;
    std::ranges::copy_if(text, std::back_inserter(bare),
                         [](char c) { return marks.find(c) == marks.npos; });
    return bare;
}

// What another form is part of finds all that the longer one finds.
void keep_shortest(std::vector<std::string>& forms) {
    std::vector<std::string> kept;
    for (const std::string& form : forms) {
        const auto holds = [&](const std::string& other) {
            return &other != &form && form != other && form.find(other) != form.npos;
        };
        const bool is_new = std::ranges::find(kept, form) == kept.end();
        if (is_new && std::ranges::none_of(forms, holds)) {
            kept.push_back(form);
        }
    }
    forms = std::move(kept);
}

}  // namespace

bool is_part_of_number(std::string_view word) {
    return std::ranges::any_of(word, is_digit) && std::ranges::all_of(word, [](char c) {
               return is_digit(c) || marks.find(c) != marks.npos;
           });
}

bool has_mask(std::string_view word) { return word.find_first_of(marks) != word.npos; }

std::vector<std::string> number_forms(std::string_view typed) {
    std::string bare = without_marks(typed);
    const bool has_digit = std::ranges::any_of(bare, is_digit);
    const auto is_plain = [](char c) { return is_digit(c) || is_letter(c); };
    if (!has_digit || !std::ranges::all_of(bare, is_plain)) {
        return {};
    }
    std::vector<std::string> forms;
    if (std::ranges::any_of(bare, is_letter)) {
        forms.push_back(std::move(bare));  // of a CNPJ with letters
        return forms;
    }
    const bool has_area = typed.starts_with('(');
    const std::size_t zeros = std::min(bare.find_first_not_of('0'), bare.size());
    if (has_area || bare.size() - zeros >= shortest_phone) {
        bare.erase(0, zeros);
    }
    if (has_area && bare.size() >= 2) {
        forms.push_back("+55" + bare);
    } else if (bare.size() >= shortest_form) {
        forms.push_back(bare);
    }
    if (const auto phone = parse_phone(typed, {}); phone && bare.size() >= shortest_phone) {
        forms.push_back(phone->e164);
    }
    keep_shortest(forms);
    return forms;
}

}  // namespace ponte
