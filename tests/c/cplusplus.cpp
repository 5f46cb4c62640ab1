// Metrics from C++: in a namespace, in a class, and counted by a constructor that runs before main.
#include "test.h"
#include <nanoprom.h>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace metrics {
namespace {
nprom_counter_t started;
NPROM_DEFINE_HISTOGRAM(sizes, 1, 10);
NPROM_DEFINE_COUNTER_FAMILY(answers, 4, 32, "method");

const nprom_metric_t rows[] = {
    NPROM_COUNTER(&started, "started_total", "Objects made."),
    NPROM_HISTOGRAM(&sizes, "sizes", "Sizes."),
    NPROM_COUNTER_FAMILY(&answers, "answers_total", "Answers by method."),
};
constexpr nprom_group_t group = NPROM_GROUP_INIT_PREFIX(rows, "app_");
} // namespace

nprom_counter_t *answer(std::string_view method) {
    nprom_str_t value{method.data(), method.size()};
    nprom_counter_t *child;
    nprom_counter_family_labels(&answers, &value, 1, &child);
    return child;
}
} // namespace metrics

// Tables and cells are constants and zeros: they are there before any constructor runs.
class early {
  public:
    early() {
        nprom_counter_inc(&metrics::started);
        nprom_counter_inc(metrics::answer("EARLY"));
    }
};
static const early one, two;

static std::string page() {
    std::string text;
    nprom_write_fn append = [](void *context, const char *data, std::size_t len) -> std::int32_t {
        static_cast<std::string *>(context)->append(data, len);
        return 0;
    };
    CHECK(nprom_encode(&metrics::group, NPROM_TEXT, append, &text) == NPROM_OK);
    return text;
}

static bool shows(std::string_view line) {
    return page().find(line) != std::string::npos;
}

static void constructors_before_main_are_counted() {
    CHECK(shows("app_started_total 2\n"));
    CHECK(shows("app_answers_total{method=\"EARLY\"} 2\n"));
}

static void threads_share_metrics() {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; i++)
        threads.emplace_back([] {
            for (int n = 0; n < 1000; n++) {
                nprom_counter_inc(metrics::answer("GET"));
                nprom_histogram_observe(&metrics::sizes, 5);
            }
        });
    for (auto &thread : threads)
        thread.join();
    CHECK(shows("app_answers_total{method=\"GET\"} 4000\n"));
    CHECK(shows("app_sizes_bucket{le=\"10.0\"} 4000\n"));
}

int main() {
    statement("constructors that run before main are counted", constructors_before_main_are_counted);
    statement("std::thread shares metrics", threads_share_metrics);
    return test_result();
}
