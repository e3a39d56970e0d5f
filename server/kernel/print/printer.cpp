// Pango sets the text, Cairo draws it. Rows wait on the disk: only when all of them are known is it
// known how many pages there are.
#include "kernel/print/printer.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <numeric>
#include <stdexcept>

#include "kernel/print/spool.hpp"

namespace ponte::print {
namespace {

constexpr double short_edge = 595.28, long_edge = 841.89;  // A4
constexpr double margin = 36, footer = 24, beside = 4, above = 3, logo_height = 30;
constexpr double text_size = 8.5, small_text_size = 6.5, title_size = 16, narrowest = 18;
constexpr std::size_t many_columns = 14, longest_text = 1'000;
constexpr int most_lines = 8;  // of a cell
constexpr std::uint32_t largest_logo = 4'000;

struct Colour {
    double red, green, blue;
};
constexpr Colour ink{0.13, 0.15, 0.16}, gray{0.44, 0.47, 0.50}, line_colour{0.87, 0.89, 0.90},
    head_colour{0.95, 0.95, 0.96}, link_colour{0.10, 0.36, 0.68};

// What a description makes of a text before its end; letters stay whole.
std::string clipped(std::string text) {
    if (text.size() > longest_text) {
        std::size_t end = longest_text;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) {
            --end;
        }
        text = text.substr(0, end) + "…";
    }
    return text;
}

// Nothing that a reader of PDF would run, and no mark that ends what Cairo reads.
std::string uri_of(const std::string& address) {
    const bool is_known = address.starts_with("mailto:") || address.starts_with("http://") ||
                          address.starts_with("https://");
    std::string uri;
    for (const char c : is_known ? address : std::string{}) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= ' ' || byte >= 0x7f || c == '\'' || c == '\\') {
            char code[4];
            std::snprintf(code, sizeof code, "%%%02X", byte);
            uri += code;
        } else {
            uri.push_back(c);
        }
    }
    return uri;
}

// A picture of a size that fits into memory.
cairo_surface_t* logo_in(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    unsigned char head[24] = {};
    in.read(reinterpret_cast<char*>(head), sizeof head);
    const auto number = [&](int at) {
        return static_cast<std::uint32_t>(head[at] << 24 | head[at + 1] << 16 | head[at + 2] << 8 |
                                          head[at + 3]);
    };
    const bool is_png = in && head[1] == 'P' && head[2] == 'N' && head[3] == 'G';
    if (!is_png || number(16) > largest_logo || number(20) > largest_logo) {
        return nullptr;
    }
    cairo_surface_t* const image = cairo_image_surface_create_from_png(path.c_str());
    if (cairo_surface_status(image) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(image);
        return nullptr;
    }
    return image;
}

// One text after the other in one layout.
class Pen {
public:
    explicit Pen(cairo_surface_t* surface)
        : cairo_(cairo_create(surface)), layout_(pango_cairo_create_layout(cairo_)) {
        pango_layout_set_wrap(layout_, PANGO_WRAP_WORD_CHAR);
        pango_layout_set_single_paragraph_mode(layout_, TRUE);
        pango_layout_set_ellipsize(layout_, PANGO_ELLIPSIZE_END);
        pango_layout_set_height(layout_, -most_lines);
    }
    ~Pen() {
        g_object_unref(layout_);
        cairo_destroy(cairo_);
    }
    Pen(const Pen&) = delete;
    Pen& operator=(const Pen&) = delete;

    void use(double size, bool is_bold) {
        PangoFontDescription* const font = pango_font_description_from_string("sans-serif");
        pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
        pango_font_description_set_weight(font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_layout_set_font_description(layout_, font);
        pango_font_description_free(font);
    }
    struct Size {
        double width = 0, height = 0;
    };
    // Of a text that may be `width` wide; below 0: as wide as it likes.
    Size measure(const std::string& text, double width) {
        pango_layout_set_width(layout_, width < 0 ? -1 : static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_text(layout_, text.data(), static_cast<int>(text.size()));
        int wide = 0, high = 0;
        pango_layout_get_size(layout_, &wide, &high);
        return {static_cast<double>(wide) / PANGO_SCALE, static_cast<double>(high) / PANGO_SCALE};
    }
    struct Place {
        double x = 0, y = 0, width = -1;
        Side side = Side::left;
    };
    double write(const std::string& text, const Place& place, const Colour& colour) {
        pango_layout_set_alignment(
            layout_, place.side == Side::right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
        const Size size = measure(text, place.width);
        cairo_set_source_rgb(cairo_, colour.red, colour.green, colour.blue);
        cairo_move_to(cairo_, place.x, place.y);
        pango_cairo_show_layout(cairo_, layout_);
        return size.height;
    }
    void fill(double x, double y, double width, double height, const Colour& colour) {
        cairo_set_source_rgb(cairo_, colour.red, colour.green, colour.blue);
        cairo_rectangle(cairo_, x, y, width, height);
        cairo_fill(cairo_);
    }
    cairo_t* cairo() const { return cairo_; }

private:
    cairo_t* cairo_;
    PangoLayout* layout_;
};

// As much as each asks for; where that is too much, the widest give up what the others need.
std::vector<double> shared_out(std::vector<double> wanted, double room) {
    const double sum = std::accumulate(wanted.begin(), wanted.end(), 0.0);
    if (sum <= room) {
        for (double& width : wanted) {
            width += (room - sum) * width / sum;
        }
        return wanted;
    }
    std::vector<double> sorted = wanted;
    std::ranges::sort(sorted);
    double left = room, most = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        most = left / static_cast<double>(sorted.size() - i);
        if (sorted[i] > most) {
            break;
        }
        left -= sorted[i];
    }
    for (double& width : wanted) {
        width = std::min(width, most);
    }
    return wanted;
}

}  // namespace

struct Table::Parts {
    Parts(std::string path_, Letterhead letterhead_, std::vector<Heading> headings_)
        : path(std::move(path_)),
          letterhead(std::move(letterhead_)),
          headings(std::move(headings_)),
          spool(path + ".rows"),
          surface(cairo_pdf_surface_create(path.c_str(), short_edge, long_edge)),
          pen(surface),
          size(headings.size() > many_columns ? small_text_size : text_size),
          wanted(headings.size(), narrowest) {
        widen_to_headings();
        describe();
    }
    ~Parts() { cairo_surface_destroy(surface); }
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    void widen_to_headings() {
        pen.use(size, true);
        for (std::size_t i = 0; i < headings.size(); ++i) {
            widen(i, headings[i].text);
        }
        pen.use(size, false);
    }
    void describe() {
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, letterhead.title.c_str());
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR,
                                       letterhead.company.c_str());
    }
    void widen(std::size_t place, const std::string& text) {
        constexpr double widest = long_edge / 2;
        const double width = pen.measure(text, -1).width + 2 * beside + 1;
        wanted[place] = std::max(wanted[place], std::min(width, widest));
    }
    void lay_out();
    double height_of(const std::vector<Text>& row);
    double draw_letterhead();
    double draw_headings(double y);
    void draw_row(const std::vector<Text>& row, double y, double height);
    void draw_footer(std::size_t page, std::size_t pages);
    std::size_t count_pages(double first_y);
    double measured_headings();

    const std::string path;
    const Letterhead letterhead;
    const std::vector<Heading> headings;
    Spool spool;
    cairo_surface_t* surface;
    Pen pen;
    const double size;
    std::vector<double> wanted, widths;
    double paper_width = short_edge, paper_height = long_edge;
    std::vector<float> heights;
};

// On its side, where the columns ask for more than the short edge has.
void Table::Parts::lay_out() {
    const double sum = std::accumulate(wanted.begin(), wanted.end(), 0.0);
    if (sum > short_edge - 2 * margin) {
        std::swap(paper_width, paper_height);
        cairo_pdf_surface_set_size(surface, paper_width, paper_height);
    }
    widths = shared_out(wanted, paper_width - 2 * margin);
}

double Table::Parts::height_of(const std::vector<Text>& row) {
    double height = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        height = std::max(height, pen.measure(row[i].text, widths[i] - 2 * beside).height);
    }
    return height + 2 * above;
}

double Table::Parts::measured_headings() {
    double height = 0;
    pen.use(size, true);
    for (std::size_t i = 0; i < headings.size(); ++i) {
        height = std::max(height, pen.measure(headings[i].text, widths[i] - 2 * beside).height);
    }
    pen.use(size, false);
    return height + 2 * above;
}

double Table::Parts::draw_letterhead() {
    double y = margin, x = margin;
    if (cairo_surface_t* const logo = logo_in(letterhead.logo)) {
        const double scale = logo_height / std::max(1, cairo_image_surface_get_height(logo));
        cairo_save(pen.cairo());
        cairo_translate(pen.cairo(), x, y);
        cairo_scale(pen.cairo(), scale, scale);
        cairo_set_source_surface(pen.cairo(), logo, 0, 0);
        cairo_paint(pen.cairo());
        cairo_restore(pen.cairo());
        x += scale * cairo_image_surface_get_width(logo) + 2 * beside;
        cairo_surface_destroy(logo);
    }
    const double width = paper_width - margin - x;
    pen.use(text_size, false);
    y += pen.write(letterhead.company, {x, y, width}, gray);
    pen.use(title_size, true);
    y += pen.write(letterhead.title, {x, y, width}, ink);
    pen.use(text_size, false);
    for (const std::string& text : {letterhead.caption, letterhead.facts}) {
        y += text.empty() ? 0 : pen.write(text, {x, y, width}, gray);
    }
    pen.use(size, false);
    return std::max(y, margin + logo_height) + 3 * beside;
}

double Table::Parts::draw_headings(double y) {
    const double height = measured_headings();
    pen.fill(margin, y, paper_width - 2 * margin, height, head_colour);
    pen.use(size, true);
    double x = margin;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        pen.write(headings[i].text,
                  {x + beside, y + above, widths[i] - 2 * beside, headings[i].side}, ink);
        x += widths[i];
    }
    pen.use(size, false);
    return y + height;
}

void Table::Parts::draw_row(const std::vector<Text>& row, double y, double height) {
    double x = margin;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const Pen::Place place{x + beside, y + above, widths[i] - 2 * beside, headings[i].side};
        const std::string uri = uri_of(row[i].address);
        if (uri.empty()) {
            pen.write(row[i].text, place, ink);
        } else {
            cairo_tag_begin(pen.cairo(), CAIRO_TAG_LINK, ("uri='" + uri + "'").c_str());
            pen.write(row[i].text, place, link_colour);
            cairo_tag_end(pen.cairo(), CAIRO_TAG_LINK);
        }
        x += widths[i];
    }
    pen.fill(margin, y + height - 0.5, paper_width - 2 * margin, 0.5, line_colour);
}

void Table::Parts::draw_footer(std::size_t page, std::size_t pages) {
    const double y = paper_height - footer, width = paper_width - 2 * margin;
    pen.use(small_text_size, false);
    pen.write(letterhead.title, {margin, y, width / 2}, gray);
    pen.write(std::to_string(page) + " / " + std::to_string(pages),
              {margin + width / 2, y, width / 2, Side::right}, gray);
    pen.use(size, false);
}

// What fits, in the same steps in which it is drawn.
std::size_t Table::Parts::count_pages(double first_y) {
    const double head = measured_headings(), end = paper_height - margin - footer / 2;
    std::size_t pages = 1;
    double y = first_y + head;
    bool is_empty = true;
    for (const float height : heights) {
        if (y + height > end && !is_empty) {
            ++pages;
            y = margin + head;
        }
        is_empty = false;
        y += height;
    }
    return pages;
}

Table::Table(std::string path, Letterhead letterhead, std::vector<Heading> headings)
    : parts_(std::make_unique<Parts>(std::move(path), std::move(letterhead), std::move(headings))) {
}

Table::~Table() = default;

void Table::add(std::span<const Text> row) {
    std::vector<Text> kept(row.begin(), row.end());
    for (std::size_t i = 0; i < kept.size(); ++i) {
        kept[i].text = clipped(std::move(kept[i].text));
        parts_->widen(i, kept[i].text);
    }
    parts_->spool.add(kept);
}

void Table::close() {
    Parts& parts = *parts_;
    parts.lay_out();
    std::vector<Text> row(parts.headings.size());
    parts.spool.rewind();
    for (std::size_t i = 0; i < parts.spool.rows(); ++i) {
        parts.spool.read(row);
        parts.heights.push_back(static_cast<float>(parts.height_of(row)));
    }
    double y = parts.draw_letterhead();
    const std::size_t pages = parts.count_pages(y);
    const double end = parts.paper_height - margin - footer / 2;
    y = parts.draw_headings(y);
    std::size_t page = 1;
    parts.spool.rewind();
    for (std::size_t i = 0; i < parts.heights.size(); ++i) {
        if (y + parts.heights[i] > end && i > 0) {
            parts.draw_footer(page++, pages);
            cairo_show_page(parts.pen.cairo());
            y = parts.draw_headings(margin);
        }
        parts.spool.read(row);
        parts.draw_row(row, y, parts.heights[i]);
        y += parts.heights[i];
    }
    parts.draw_footer(page, pages);
    cairo_show_page(parts.pen.cairo());
    cairo_surface_finish(parts.surface);
    const cairo_status_t status = cairo_surface_status(parts.surface);
    if (status != CAIRO_STATUS_SUCCESS) {
        throw std::runtime_error(std::string("a PDF is not written: ") +
                                 cairo_status_to_string(status));
    }
}

}  // namespace ponte::print
