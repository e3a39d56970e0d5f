#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel/spreadsheets/parts.hpp"
#include "kernel/spreadsheets/xml.hpp"

namespace ponte::spreadsheets {
namespace {

// Texts one after the other in a file, each with where it ends.
class StringReader : public XmlHandler {
public:
    StringReader(int file, const Limits& limits, std::vector<std::uint64_t>& ends)
        : file_(file), limits_(limits), ends_(ends) {}

    void begin(std::string_view name, const Attributes&) override {
        is_phonetic_ =
            is_phonetic_ || name == "rPh";  // how Japanese is read, not what stands there
        is_text_ = name == "t" && !is_phonetic_;
    }
    void end(std::string_view name) override {
        is_text_ = false;
        if (name == "rPh") {
            is_phonetic_ = false;
        } else if (name == "si") {
            const std::string whole = unescaped(one_);
            one_.clear();
            waiting_ += whole;
            bytes_ += whole.size();
            ends_.push_back(bytes_);
            if (ends_.size() > limits_.strings) {
                trouble = "unpacks_too_large";
            } else if (waiting_.size() >= 1u << 20) {
                flush();
            }
        }
    }
    void text(std::string_view text) override {
        if (is_text_) {
            one_ += text;
        }
    }
    void flush() {
        if (trouble.empty() &&
            ::write(file_, waiting_.data(), waiting_.size()) != ssize_t(waiting_.size())) {
            trouble = "unpacks_too_large";  // the disk is full
        }
        waiting_.clear();
    }

private:
    const int file_;
    const Limits& limits_;
    std::vector<std::uint64_t>& ends_;
    std::string one_, waiting_;
    std::uint64_t bytes_ = 0;
    bool is_text_ = false, is_phonetic_ = false;
};

}  // namespace

SharedStrings::~SharedStrings() {
    if (bytes_) {
        ::munmap(const_cast<char*>(bytes_), size_);
    }
}

Trouble SharedStrings::read(const Archive& archive, const Parts& parts, const Limits& limits,
                            const std::string& folder) {
    if (parts.strings.empty()) {
        return "";
    }
    const int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0) {
        return "unpacks_too_large";  // the disk is full
    }
    StringReader reader(file, limits, ends_);
    Trouble trouble = read_xml(archive, parts.strings, limits.strings_bytes, reader);
    reader.flush();
    trouble = trouble.empty() ? reader.trouble : trouble;
    size_ = ends_.empty() ? 0 : ends_.back();
    if (trouble.empty() && size_ > 0) {
        void* mapped = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file, 0);
        if (mapped == MAP_FAILED) {
            trouble = "unpacks_too_large";
        } else {
            bytes_ = static_cast<const char*>(mapped);
        }
    }
    ::close(file);
    return trouble;
}

std::string_view SharedStrings::at(std::size_t index) const {
    if (index >= ends_.size() || !bytes_) {
        return {};
    }
    const std::uint64_t begin = index == 0 ? 0 : ends_[index - 1];
    return {bytes_ + begin, ends_[index] - begin};
}

}  // namespace ponte::spreadsheets
