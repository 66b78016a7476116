import { describe, expect, it } from "vitest";
import { salary } from "../../../../../src/observe/classify/detectors/financial/salary.ts";
import { asker } from "../support.ts";

const ask = asker(salary);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("salary", () => {
  it.each([
    [61200, "annual_compensation", [], []],
    ["3846.15", "gross_pay", [], []],
    [48.08, "hourlyRate", [], ["firstName"]],
    ["4.120,50", "bruttolohn", [], []],
    [5230.4, "salario_bruto", [], []],
    [41200, "salaire-brut-annuel", [], []],
    ["$85,000", "salary", [], []],
    ["25.00/hr", "pay_rate", [], []],
    [9900000, "amount", ["income"], []],
    [72000, "rate", ["compensations"], []],
    [142000, "grossMonthlyIncome", [], []],
    [5000, "bonus", [], ["employee_id"]],
    [2400, "ingresos_mensuales", [], []],
    [31000, "renta_anual", [], []],
    [2400, "revenusMensuels", [], []],
    [28000, "reddito_annuo", [], []],
    [54000, "jahreseinkommen", [], []],
    [3100, "inkomen", [], []],
    [41000, "månedslønn", [], []],
    [3300, "kuukausipalkka", [], []],
    [1800000, "ctc", [], []],
    [5000, "bonus", ["employee"], []],
    [7200, "income", ["borrowers"], []],
    [31.5, "rate", [], ["flsa_status"]],
    [31.5, "rate", [], ["overtime_rate"]],
    [480, "amount", ["day_rate"], []],
    [3100, "monthly_payment", ["salary"], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["€40k to €50k", "salary_range", [], []],
    [40000, "salary_min", [], []],
    [120000, "salary_budget", [], []],
    [56000, "avg_salary", [], []],
    [1.08, "rate", ["rates"], []],
    [119, "gross", ["invoices"], ["net"]],
    [1200000, "net_income", ["company"], ["gross_profit"]],
    [45000, "salary", ["jobs"], ["apply_url"]],
    [0, "salary", [], []],
    [12.5, "hourly_rate", ["parking"], ["zone"]],
    [250, "compensation_amount", ["flight"], ["delay"]],
    ["monthly", "salary", [], []],
    [12, "salary_grade", [], []],
    ["2026-01-01", "salary", [], []],
    [900, "amount", ["charge"], []],
    [5000, "bonus", ["casino"], []],
    [5000, "bonus", ["employee_program"], []],
    [7200, "income", ["statement"], []],
    [1.08, "rate", [], ["currency"]],
    [420, "monthly_payment", ["loan"], []],
    [4200, "lonnummer", [], []],
    [480, "amount", ["room_rate"], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
