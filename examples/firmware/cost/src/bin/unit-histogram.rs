//! Ten histograms more, with the same bounds.
#![no_std]
#![no_main]

cost::one_of_each! {
    series = 1;
    /// Unit a.
    static UNIT_A: nanoprom::Histogram<14> = "cost_more_a_units", buckets = nanoprom::DEFAULT_BUCKETS;
    /// Unit b.
    static UNIT_B: nanoprom::Histogram<14> = "cost_more_b_units", buckets = nanoprom::DEFAULT_BUCKETS;
    /// Unit c.
    static UNIT_C: nanoprom::Histogram<14> = "cost_more_c_units", buckets = nanoprom::DEFAULT_BUCKETS;
    /// Unit d.
    static UNIT_D: nanoprom::Histogram<14> = "cost_more_d_units", buckets = nanoprom::DEFAULT_BUCKETS;
    /// Unit e.
    static UNIT_E: nanoprom::Histogram<14> = "cost_more_e_units", buckets = nanoprom::DEFAULT_BUCKETS;
    /// Unit f.
    static UNIT_F: nanoprom::Histogram<14> = "cost_more_f_units", buckets = nanoprom::DEFAULT_BUCKETS;
    /// Unit g.
    static UNIT_G: nanoprom::Histogram<14> = "cost_more_g_units", buckets = nanoprom::DEFAULT_BUCKETS;
    /// Unit h.
    static UNIT_H: nanoprom::Histogram<14> = "cost_more_h_units", buckets = nanoprom::DEFAULT_BUCKETS;
    /// Unit i.
    static UNIT_I: nanoprom::Histogram<14> = "cost_more_i_units", buckets = nanoprom::DEFAULT_BUCKETS;
    /// Unit j.
    static UNIT_J: nanoprom::Histogram<14> = "cost_more_j_units", buckets = nanoprom::DEFAULT_BUCKETS;
}
