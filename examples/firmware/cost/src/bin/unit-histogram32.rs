//! Ten small histograms of integers more, with the same bounds.
#![no_std]
#![no_main]

cost::one_of_each! {
    series = 1;
    /// Unit a.
    static UNIT_A: nanoprom::Histogram32<14> = "cost_more_a_units", buckets = cost::TICKS;
    /// Unit b.
    static UNIT_B: nanoprom::Histogram32<14> = "cost_more_b_units", buckets = cost::TICKS;
    /// Unit c.
    static UNIT_C: nanoprom::Histogram32<14> = "cost_more_c_units", buckets = cost::TICKS;
    /// Unit d.
    static UNIT_D: nanoprom::Histogram32<14> = "cost_more_d_units", buckets = cost::TICKS;
    /// Unit e.
    static UNIT_E: nanoprom::Histogram32<14> = "cost_more_e_units", buckets = cost::TICKS;
    /// Unit f.
    static UNIT_F: nanoprom::Histogram32<14> = "cost_more_f_units", buckets = cost::TICKS;
    /// Unit g.
    static UNIT_G: nanoprom::Histogram32<14> = "cost_more_g_units", buckets = cost::TICKS;
    /// Unit h.
    static UNIT_H: nanoprom::Histogram32<14> = "cost_more_h_units", buckets = cost::TICKS;
    /// Unit i.
    static UNIT_I: nanoprom::Histogram32<14> = "cost_more_i_units", buckets = cost::TICKS;
    /// Unit j.
    static UNIT_J: nanoprom::Histogram32<14> = "cost_more_j_units", buckets = cost::TICKS;
}
