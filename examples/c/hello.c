/* Three metrics, a few updates, and the page they make. */
#include <nanoprom.h>
#include <stdio.h>

static nprom_counter_t requests;
NPROM_DEFINE_HISTOGRAM(latency, 0.1, 0.5, 1.0, 5.0);
NPROM_DEFINE_COUNTER_FAMILY(responses, 16, 48, "method", "code");

static const nprom_metric_t rows[] = {
    NPROM_COUNTER(&requests, "http_requests_total", "Requests served."),
    NPROM_HISTOGRAM(&latency, "http_request_duration_seconds", "Time to answer, in seconds."),
    NPROM_COUNTER_FAMILY(&responses, "http_responses_total", "Responses by method and status code."),
};
static const nprom_group_t metrics = NPROM_GROUP_INIT(rows);

int main(void) {
    nprom_counter_t *response;
    nprom_counter_inc(&requests);
    nprom_histogram_observe(&latency, 0.25);
    nprom_counter_family_labels_str(&responses, NPROM_VALUES("GET", "200"), &response);
    nprom_counter_inc(response);

    char page[2000];
    size_t len;
    if (nprom_encode_buffer(&metrics, NPROM_TEXT, page, sizeof page, &len) != NPROM_OK)
        return 1;
    return fwrite(page, 1, len, stdout) == len ? 0 : 1;
}
