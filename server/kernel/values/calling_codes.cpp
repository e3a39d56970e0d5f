// Generous on purpose: a number that exists must never be refused, so where a country has several
// lengths the whole range is taken. What matters is caught: no such code, too few or many digits.
#include "kernel/values/calling_codes.hpp"

#include <array>
#include <cstdint>

namespace ponte::values {
namespace {

struct Lengths {
    std::uint8_t fewest = 0, most = 0;
};

// "code:digits" or "code:fewest-most" of the national number.
constexpr std::string_view codes =
    "1:10 7:10 20:8-10 27:9 30:10 31:9-11 32:8-9 33:9 34:9 36:8-9 39:6-11 40:9 41:9 43:4-13 "
    "44:9-10 45:8 46:6-10 47:5-8 48:9 49:4-12 51:8-9 52:10-11 53:6-10 54:10-11 56:9 57:8-10 58:10 "
    "60:8-10 61:9 62:7-12 63:8-10 64:8-10 65:8 66:8-9 81:9-10 82:7-11 84:9-10 86:7-11 90:10 91:10 "
    "92:9-10 93:9 94:9 95:6-10 98:10 "
    "211:9 212:9 213:8-9 216:8 218:8-9 220:7 221:9 222:8 223:8 224:8-9 225:8-10 226:8 227:8 228:8 "
    "229:8-10 230:7-8 231:7-9 232:8 233:9 234:8-10 235:8 236:8 237:8-9 238:7 239:7 240:9 241:7-8 "
    "242:9 243:7-9 244:9 245:7-9 246:7 247:4-6 248:7 249:9 250:9 251:9 252:6-9 253:8 254:7-10 "
    "255:9 256:9 257:8 258:8-9 260:9 261:7-9 262:9 263:5-10 264:8-9 265:7-9 266:8 267:7-8 268:8 "
    "269:7 290:4-5 291:7 297:7 298:6 299:6 "
    "350:8 351:9 352:4-11 353:7-9 354:7-9 355:6-9 356:8 357:8 358:5-12 359:7-9 370:8 371:8 372:7-8 "
    "373:8 374:8 375:9 376:6-9 377:8-9 378:6-10 379:10 380:9 381:6-12 382:8 383:8-9 385:8-9 386:8 "
    "387:8-9 389:8 420:9 421:9 423:7-9 "
    "500:5 501:7 502:8 503:8 504:8 505:8 506:8 507:7-8 508:6-9 509:8 590:9 591:8 592:7 593:8-9 "
    "594:9 595:7-9 596:9 597:6-7 598:7-8 599:7-8 "
    "670:7-8 672:5-6 673:7 674:7 675:7-8 676:5-7 677:5-7 678:5-7 679:7 680:7 681:6 682:5 683:4-7 "
    "685:5-10 686:5-8 687:6 688:5-7 689:6-8 690:4-7 691:7 692:7 "
    "800:8 808:8 850:8-10 852:8 853:8 855:8-9 856:8-10 870:9 878:12 880:8-10 881:9 882:7-12 "
    "883:7-12 886:7-9 "
    "960:7 961:7-8 962:8-9 963:8-9 964:8-10 965:8 966:9 967:7-9 968:8 970:8-9 971:8-9 972:8-9 "
    "973:8 "
    "974:7-8 975:7-8 976:8 977:8-10 979:9 992:9 993:8 994:9 995:9 996:9 998:9 ";

constexpr std::array<Lengths, 1000> by_code() {
    std::array<Lengths, 1000> table{};
    unsigned code = 0, value = 0;
    Lengths lengths;
    for (const char c : codes) {
        if (c >= '0' && c <= '9') {
            value = value * 10 + static_cast<unsigned>(c - '0');
            continue;
        }
        if (c == ':') {
            code = value;
        } else if (c == '-') {
            lengths.fewest = static_cast<std::uint8_t>(value);
        } else {
            lengths.most = static_cast<std::uint8_t>(value);
            lengths.fewest = lengths.fewest == 0 ? lengths.most : lengths.fewest;
            table[code] = lengths;
            lengths = {};
        }
        value = 0;
    }
    return table;
}
constexpr std::array<Lengths, 1000> lengths_by_code = by_code();
static_assert(lengths_by_code[351].most == 9 && lengths_by_code[598].fewest == 7);

unsigned number_at_start(std::string_view digits, std::size_t length) {
    unsigned value = 0;
    for (const char c : digits.substr(0, length)) {
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
}

// North America: neither area nor exchange begins with 0 or 1.
bool is_north_american(std::string_view national) {
    return national[0] >= '2' && national[3] >= '2';
}

}  // namespace

int calling_code_length(std::string_view digits) {
    for (std::size_t length = 1; length <= 3 && length <= digits.size(); ++length) {
        const unsigned code = number_at_start(digits, length);
        if (code == 55 || lengths_by_code[code].most != 0) {
            return digits[0] == '0' ? 0 : static_cast<int>(length);
        }
    }
    return 0;
}

bool is_international_number(std::string_view digits) {
    const auto code_length = static_cast<std::size_t>(calling_code_length(digits));
    if (code_length == 0 || digits.size() > 15) {
        return false;
    }
    const unsigned code = number_at_start(digits, code_length);
    const auto national = digits.substr(code_length);
    const Lengths lengths = lengths_by_code[code];
    return national.size() >= lengths.fewest && national.size() <= lengths.most &&
           (code != 1 || is_north_american(national));
}

}  // namespace ponte::values
