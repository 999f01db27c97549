// Made by `npm run generate` from spec/catalog.openapi.yaml. Do not edit.
const isObject = (value) => value && typeof value == "object" && !Array.isArray(value);
const fault = (instancePath, keyword, params, propertyName) => ({ instancePath, keyword, params, propertyName });
const refuse = (validate, instancePath, keyword, params, propertyName) => {
    validate.errors = [fault(instancePath, keyword, params, propertyName)];
    return false;
};
// Without a copy of all faults so far: a body of 256 KiB with one in each of its elements took minutes.
const add = (faults, { errors }) => {
    for (const error of errors) faults.push(error);
    return faults.length;
};
const names0 = new Set(["productId","title","prices","listPrices","stock","description","images","link","brand","gtin","mpn","categories","condition","group","taxClass","taxExempt","weight","digital","availableFrom","hidden","returnPolicy","availability","held","updatedAt"]);
const names1 = new Set(["code","name","percentOff","amountOff","appliesTo","products","minimum","startsAt","endsAt","usageLimit","combinable","priority","timesRedeemed","updatedAt"]);

export const validateProduct = validate21;



const pattern0 = new RegExp("^(?!\\.{1,2}$)[!-.0-~]{1,64}$", "u");

function validate22(data, instancePath=""){
/*# sourceURL="ProductId" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern0.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^(?!\\.{1,2}$)[!-.0-~]{1,64}$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate22.errors = vErrors;
return errors === 0;
}


const func3 = (text) => { let length = 0; for (const _ of text) length += 1; return length; };
const pattern1 = new RegExp("^(?=.*[\\p{L}\\p{N}\\p{S}])[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$", "u");

function validate24(data, instancePath=""){
/*# sourceURL="Title" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 150){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 150}));
}
if(func3(data) < 1){
errors = (vErrors ??= []).push(fault(instancePath, "minLength", {limit: 1}));
}
if(!pattern1.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^(?=.*[\\p{L}\\p{N}\\p{S}])[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate24.errors = vErrors;
return errors === 0;
}


const formats0 = /^(?:AED|AFN|ALL|AMD|ANG|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BGN|BHD|BIF|BMD|BND|BOB|BOV|BRL|BSD|BTN|BWP|BYN|BZD|CAD|CDF|CHE|CHF|CHW|CLF|CLP|CNY|COP|COU|CRC|CUC|CUP|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|GNF|GTQ|GYD|HKD|HNL|HTG|HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|LYD|MAD|MDL|MGA|MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MXV|MYR|MZN|NAD|NGN|NIO|NOK|NPR|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RON|RSD|RUB|RWF|SAR|SBD|SCR|SDG|SEK|SGD|SHP|SLE|SOS|SRD|SSP|STN|SVC|SYP|SZL|THB|TJS|TMT|TND|TOP|TRY|TTD|TWD|TZS|UAH|UGX|USD|USN|UYI|UYU|UYW|UZS|VED|VES|VND|VUV|WST|XAD|XAF|XAG|XAU|XBA|XBB|XBC|XBD|XCD|XCG|XDR|XOF|XPD|XPF|XPT|XSU|XTS|XUA|XXX|YER|ZAR|ZMW|ZWG)$/i;
const pattern2 = new RegExp("^[a-z]{3}$", "u");


function validate27(data, instancePath=""){
/*# sourceURL="Amount" */;
let vErrors = null;
let errors = 0;
if(!(Number.isInteger(data))){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "integer"}));
}
if(Number.isFinite(data)){
if(data > 1000000000 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "maximum", {limit: 1000000000}));
}
if(data < 0 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "minimum", {limit: 0}));
}
}
validate27.errors = vErrors;
return errors === 0;
}


function validate26(data, instancePath=""){
/*# sourceURL="Amounts" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
for(const name0 in data){
if(data[name0] === null){
delete data[name0];
}
}
}
if(isObject(data)){
if(Object.keys(data).length > 50){
errors = (vErrors ??= []).push(fault(instancePath, "maxProperties", {limit: 50}));
}
if(Object.keys(data).length < 1){
errors = (vErrors ??= []).push(fault(instancePath, "minProperties", {limit: 1}));
}
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern2.test(key0)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^[a-z]{3}$"}, key0));
}
if(!(formats0.test(key0))){
errors = (vErrors ??= []).push(fault(instancePath, "format", {format: "iso-4217"}, key0));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}, key0));
}
var valid0 = _errs1 === errors;
if(!valid0){
errors = (vErrors ??= []).push(fault(instancePath, "propertyNames", {propertyName: key0}));
}
}
for(const key1 in data){
if(!(validate27(data[key1], instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")))){
errors = add(vErrors ??= [], validate27);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate26.errors = vErrors;
return errors === 0;
}



function validate31(data, instancePath=""){
/*# sourceURL="Count" */;
let vErrors = null;
let errors = 0;
if((!(Number.isInteger(data))) && (data !== null)){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: ["integer","null"]}));
}
if(Number.isFinite(data)){
if(data > 1000000000 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "maximum", {limit: 1000000000}));
}
if(data < 0 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "minimum", {limit: 0}));
}
}
validate31.errors = vErrors;
return errors === 0;
}


const pattern3 = new RegExp("^(?:[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]|[\\n\\r\\t])*$", "u");

function validate33(data, instancePath=""){
/*# sourceURL="LongText" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 5000){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 5000}));
}
if(func3(data) < 1){
errors = (vErrors ??= []).push(fault(instancePath, "minLength", {limit: 1}));
}
if(!pattern3.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^(?:[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]|[\\n\\r\\t])*$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate33.errors = vErrors;
return errors === 0;
}


const formats2 = /^[a-z][a-z0-9+.-]*:(?:\/\/?(?:(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*@)?(?:\[(?:(?:[0-9a-f]{1,4}:){6}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|::(?:[0-9a-f]{1,4}:){5}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,0}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){4}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,1}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){3}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,2}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){2}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,3}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){1}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,4}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){0}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4})?::[0-9a-f]{1,4}|(?:(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4})?::|v[0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+)\]|(?:[a-z0-9\-._~!$&'()*+,;=]|%[0-9a-f]{2})*)(?::\d*)?(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*|\/(?:(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*)?|(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*)(?:\?(?:[a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*)?(?:#(?:[a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*)?$/i;
const pattern4 = new RegExp("^https?://", "u");

function validate35(data, instancePath=""){
/*# sourceURL="Url" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 2048){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 2048}));
}
if(!pattern4.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^https?://"}));
}
if(!(formats2.test(data))){
errors = (vErrors ??= []).push(fault(instancePath, "format", {format: "uri"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate35.errors = vErrors;
return errors === 0;
}



function validate38(data, instancePath=""){
/*# sourceURL="Text" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 70){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 70}));
}
if(func3(data) < 1){
errors = (vErrors ??= []).push(fault(instancePath, "minLength", {limit: 1}));
}
if(!pattern1.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^(?=.*[\\p{L}\\p{N}\\p{S}])[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate38.errors = vErrors;
return errors === 0;
}



function validate42(data, instancePath=""){
/*# sourceURL="Condition" */;
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
if(!(((data === "new") || (data === "refurbished")) || (data === "used"))){
errors = (vErrors ??= []).push(fault(instancePath, "enum", {allowedValues: ["new","refurbished","used"]}));
}
validate42.errors = vErrors;
return errors === 0;
}


const pattern7 = new RegExp("^(?!(?:__proto__|constructor)$)[\\p{L}\\p{N}_ -]{1,40}$", "u");

function validate44(data, instancePath=""){
/*# sourceURL="Group" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.title === null){
delete data.title;
}
}
if(isObject(data)){
if(data.id === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "id"}));
}
if(data.options === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "options"}));
}
for(const key0 in data){
if(!(((key0 === "id") || (key0 === "title")) || (key0 === "options"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.id !== undefined){
if(!(validate38(data.id, instancePath+"/id"))){
errors = add(vErrors ??= [], validate38);
}
}
if(data.title !== undefined){
if(!(validate24(data.title, instancePath+"/title"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.options !== undefined){
let data2 = data.options;
if(isObject(data2)){
for(const name0 in data2){
if(data2[name0] === null){
delete data2[name0];
}
}
}
if(isObject(data2)){
if(Object.keys(data2).length > 10){
errors = (vErrors ??= []).push(fault(instancePath+"/options", "maxProperties", {limit: 10}));
}
for(const key1 in data2){
const _errs6 = errors;
if(typeof key1 === "string"){
if(!pattern7.test(key1)){
errors = (vErrors ??= []).push(fault(instancePath+"/options", "pattern", {pattern: "^(?!(?:__proto__|constructor)$)[\\p{L}\\p{N}_ -]{1,40}$"}, key1));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/options", "type", {type: "string"}, key1));
}
var valid1 = _errs6 === errors;
if(!valid1){
errors = (vErrors ??= []).push(fault(instancePath+"/options", "propertyNames", {propertyName: key1}));
}
}
for(const key2 in data2){
if(!(validate38(data2[key2], instancePath+"/options/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")))){
errors = add(vErrors ??= [], validate38);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/options", "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate44.errors = vErrors;
return errors === 0;
}



function validate50(data, instancePath=""){
/*# sourceURL="ReturnPolicy" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.exchanges === null){
delete data.exchanges;
}
if(data.url === null){
delete data.url;
}
}
if(isObject(data)){
if(data.days === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "days"}));
}
for(const key0 in data){
if(!(((key0 === "days") || (key0 === "exchanges")) || (key0 === "url"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.days !== undefined){
let data0 = data.days;
if(!(Number.isInteger(data0))){
errors = (vErrors ??= []).push(fault(instancePath+"/days", "type", {type: "integer"}));
}
if(Number.isFinite(data0)){
if(data0 > 3650 || isNaN(data0)){
errors = (vErrors ??= []).push(fault(instancePath+"/days", "maximum", {limit: 3650}));
}
if(data0 < 0 || isNaN(data0)){
errors = (vErrors ??= []).push(fault(instancePath+"/days", "minimum", {limit: 0}));
}
}
}
if(data.exchanges !== undefined){
if(typeof data.exchanges !== "boolean"){
errors = (vErrors ??= []).push(fault(instancePath+"/exchanges", "type", {type: "boolean"}));
}
}
if(data.url !== undefined){
if(!(validate35(data.url, instancePath+"/url"))){
errors = add(vErrors ??= [], validate35);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate50.errors = vErrors;
return errors === 0;
}



function validate53(data, instancePath=""){
/*# sourceURL="Availability" */;
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
if(!((((data === "in_stock") || (data === "limited_stock")) || (data === "out_of_stock")) || (data === "not_yet_available"))){
errors = (vErrors ??= []).push(fault(instancePath, "enum", {allowedValues: ["in_stock","limited_stock","out_of_stock","not_yet_available"]}));
}
validate53.errors = vErrors;
return errors === 0;
}



function validate55(data, instancePath=""){
/*# sourceURL="Held" */;
let vErrors = null;
let errors = 0;
if(!(Number.isInteger(data))){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "integer"}));
}
if(Number.isFinite(data)){
if(data < 0 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "minimum", {limit: 0}));
}
}
validate55.errors = vErrors;
return errors === 0;
}


const formats4 = /^(?:\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)|23:59:60(?:\.\d+)?(?:Z|[+-]00:00))$/i;

function validate57(data, instancePath=""){
/*# sourceURL="UpdatedAt" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!(formats4.test(data))){
errors = (vErrors ??= []).push(fault(instancePath, "format", {format: "date-time"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate57.errors = vErrors;
return errors === 0;
}

const pattern6 = new RegExp("^(?:\\d{8}|\\d{12,14})$", "u");

function validate21(data, instancePath=""){
/*# sourceURL="Product" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.productId === null){
delete data.productId;
}
if(data.description === null){
delete data.description;
}
if(data.images === null){
delete data.images;
}
if(data.brand === null){
delete data.brand;
}
if(data.gtin === null){
delete data.gtin;
}
if(data.categories === null){
delete data.categories;
}
if(data.condition === null){
delete data.condition;
}
if(data.group === null){
delete data.group;
}
if(data.taxExempt === null){
delete data.taxExempt;
}
if(data.weight === null){
delete data.weight;
}
if(data.digital === null){
delete data.digital;
}
if(data.availableFrom === null){
delete data.availableFrom;
}
if(data.hidden === null){
delete data.hidden;
}
if(data.returnPolicy === null){
delete data.returnPolicy;
}
if(data.availability === null){
delete data.availability;
}
if(data.held === null){
delete data.held;
}
if(data.updatedAt === null){
delete data.updatedAt;
}
}
if(isObject(data)){
if(data.title === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "title"}));
}
if(data.prices === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "prices"}));
}
for(const key0 in data){
if(!(names0.has(key0))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.productId !== undefined){
if(!(validate22(data.productId, instancePath+"/productId"))){
errors = add(vErrors ??= [], validate22);
}
}
if(data.title !== undefined){
if(!(validate24(data.title, instancePath+"/title"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.prices !== undefined){
if(!(validate26(data.prices, instancePath+"/prices"))){
errors = add(vErrors ??= [], validate26);
}
}
if(data.listPrices !== undefined){
if(!(validate26(data.listPrices, instancePath+"/listPrices"))){
errors = add(vErrors ??= [], validate26);
}
}
if(data.stock !== undefined){
if(!(validate31(data.stock, instancePath+"/stock"))){
errors = add(vErrors ??= [], validate31);
}
}
if(data.description !== undefined){
if(!(validate33(data.description, instancePath+"/description"))){
errors = add(vErrors ??= [], validate33);
}
}
if(data.images !== undefined){
let data6 = data.images;
if(Array.isArray(data6)){
if(data6.length > 20){
errors = (vErrors ??= []).push(fault(instancePath+"/images", "maxItems", {limit: 20}));
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(typeof data7 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/images/" + i0, "type", {type: "string"}));
}
if(!(validate35(data7, instancePath+"/images/" + i0))){
errors = add(vErrors ??= [], validate35);
}
}
let i1 = data6.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data6[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
errors = (vErrors ??= []).push(fault(instancePath+"/images", "uniqueItems", {i: i1, j: j0}));
break;
}
indices0[item0] = i1;
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/images", "type", {type: "array"}));
}
}
if(data.link !== undefined){
if(!(validate35(data.link, instancePath+"/link"))){
errors = add(vErrors ??= [], validate35);
}
}
if(data.brand !== undefined){
if(!(validate38(data.brand, instancePath+"/brand"))){
errors = add(vErrors ??= [], validate38);
}
}
if(data.gtin !== undefined){
let data10 = data.gtin;
if(typeof data10 === "string"){
if(!pattern6.test(data10)){
errors = (vErrors ??= []).push(fault(instancePath+"/gtin", "pattern", {pattern: "^(?:\\d{8}|\\d{12,14})$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/gtin", "type", {type: "string"}));
}
}
if(data.mpn !== undefined){
if(!(validate38(data.mpn, instancePath+"/mpn"))){
errors = add(vErrors ??= [], validate38);
}
}
if(data.categories !== undefined){
let data12 = data.categories;
if(Array.isArray(data12)){
if(data12.length > 10){
errors = (vErrors ??= []).push(fault(instancePath+"/categories", "maxItems", {limit: 10}));
}
const len1 = data12.length;
for(let i2=0; i2<len1; i2++){
let data13 = data12[i2];
if(typeof data13 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/categories/" + i2, "type", {type: "string"}));
}
if(!(validate24(data13, instancePath+"/categories/" + i2))){
errors = add(vErrors ??= [], validate24);
}
}
let i3 = data12.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data12[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
errors = (vErrors ??= []).push(fault(instancePath+"/categories", "uniqueItems", {i: i3, j: j1}));
break;
}
indices1[item1] = i3;
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/categories", "type", {type: "array"}));
}
}
if(data.condition !== undefined){
if(!(validate42(data.condition, instancePath+"/condition"))){
errors = add(vErrors ??= [], validate42);
}
}
if(data.group !== undefined){
if(!(validate44(data.group, instancePath+"/group"))){
errors = add(vErrors ??= [], validate44);
}
}
if(data.taxClass !== undefined){
if(!(validate38(data.taxClass, instancePath+"/taxClass"))){
errors = add(vErrors ??= [], validate38);
}
}
if(data.taxExempt !== undefined){
if(typeof data.taxExempt !== "boolean"){
errors = (vErrors ??= []).push(fault(instancePath+"/taxExempt", "type", {type: "boolean"}));
}
}
if(data.weight !== undefined){
let data18 = data.weight;
if(!(Number.isInteger(data18))){
errors = (vErrors ??= []).push(fault(instancePath+"/weight", "type", {type: "integer"}));
}
if(Number.isFinite(data18)){
if(data18 > 1000000000 || isNaN(data18)){
errors = (vErrors ??= []).push(fault(instancePath+"/weight", "maximum", {limit: 1000000000}));
}
if(data18 < 0 || isNaN(data18)){
errors = (vErrors ??= []).push(fault(instancePath+"/weight", "minimum", {limit: 0}));
}
}
}
if(data.digital !== undefined){
if(typeof data.digital !== "boolean"){
errors = (vErrors ??= []).push(fault(instancePath+"/digital", "type", {type: "boolean"}));
}
}
if(data.availableFrom !== undefined){
let data20 = data.availableFrom;
if(typeof data20 === "string"){
if(!(formats4.test(data20))){
errors = (vErrors ??= []).push(fault(instancePath+"/availableFrom", "format", {format: "date-time"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/availableFrom", "type", {type: "string"}));
}
}
if(data.hidden !== undefined){
if(typeof data.hidden !== "boolean"){
errors = (vErrors ??= []).push(fault(instancePath+"/hidden", "type", {type: "boolean"}));
}
}
if(data.returnPolicy !== undefined){
if(!(validate50(data.returnPolicy, instancePath+"/returnPolicy"))){
errors = add(vErrors ??= [], validate50);
}
}
if(data.availability !== undefined){
if(!(validate53(data.availability, instancePath+"/availability"))){
errors = add(vErrors ??= [], validate53);
}
}
if(data.held !== undefined){
if(!(validate55(data.held, instancePath+"/held"))){
errors = add(vErrors ??= [], validate55);
}
}
if(data.updatedAt !== undefined){
if(!(validate57(data.updatedAt, instancePath+"/updatedAt"))){
errors = add(vErrors ??= [], validate57);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateStockCount = validate59;


function validate59(data, instancePath=""){
/*# sourceURL="StockCount" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.stock === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "stock"}));
}
for(const key0 in data){
if(!(key0 === "stock")){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.stock !== undefined){
if(!(validate31(data.stock, instancePath+"/stock"))){
errors = add(vErrors ??= [], validate31);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate59.errors = vErrors;
return errors === 0;
}

export const validateStockAdjustment = validate61;


function validate61(data, instancePath=""){
/*# sourceURL="StockAdjustment" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.by === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "by"}));
}
for(const key0 in data){
if(!(key0 === "by")){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.by !== undefined){
let data0 = data.by;
if(!(Number.isInteger(data0))){
errors = (vErrors ??= []).push(fault(instancePath+"/by", "type", {type: "integer"}));
}
const _errs4 = errors;
const _errs5 = errors;
if(0 !== data0){
errors = (vErrors ??= []).push({});
}
var valid1 = _errs5 === errors;
if(valid1){
errors = (vErrors ??= []).push(fault(instancePath+"/by", "not", {}));
}
else {
errors = _errs4;
if(vErrors !== null){
if(_errs4){
vErrors.length = _errs4;
}
else {
vErrors = null;
}
}
}
if(Number.isFinite(data0)){
if(data0 > 1000000000 || isNaN(data0)){
errors = (vErrors ??= []).push(fault(instancePath+"/by", "maximum", {limit: 1000000000}));
}
if(data0 < -1000000000 || isNaN(data0)){
errors = (vErrors ??= []).push(fault(instancePath+"/by", "minimum", {limit: -1000000000}));
}
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate61.errors = vErrors;
return errors === 0;
}

export const validateDiscountCode = validate62;



function validate63(data, instancePath=""){
/*# sourceURL="Code" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern0.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^(?!\\.{1,2}$)[!-.0-~]{1,64}$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate63.errors = vErrors;
return errors === 0;
}


function validate62(data, instancePath=""){
/*# sourceURL="DiscountCode" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.code === null){
delete data.code;
}
if(data.percentOff === null){
delete data.percentOff;
}
if(data.appliesTo === null){
delete data.appliesTo;
}
if(data.products === null){
delete data.products;
}
if(data.startsAt === null){
delete data.startsAt;
}
if(data.endsAt === null){
delete data.endsAt;
}
if(data.usageLimit === null){
delete data.usageLimit;
}
if(data.combinable === null){
delete data.combinable;
}
if(data.priority === null){
delete data.priority;
}
if(data.timesRedeemed === null){
delete data.timesRedeemed;
}
if(data.updatedAt === null){
delete data.updatedAt;
}
}
if(isObject(data)){
if(data.name === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "name"}));
}
for(const key0 in data){
if(!(names1.has(key0))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.code !== undefined){
if(!(validate63(data.code, instancePath+"/code"))){
errors = add(vErrors ??= [], validate63);
}
}
if(data.name !== undefined){
if(!(validate24(data.name, instancePath+"/name"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.percentOff !== undefined){
let data2 = data.percentOff;
if(Number.isFinite(data2)){
if(data2 > 100 || isNaN(data2)){
errors = (vErrors ??= []).push(fault(instancePath+"/percentOff", "maximum", {limit: 100}));
}
if(data2 < 0 || isNaN(data2)){
errors = (vErrors ??= []).push(fault(instancePath+"/percentOff", "minimum", {limit: 0}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/percentOff", "type", {type: "number"}));
}
}
if(data.amountOff !== undefined){
if(!(validate27(data.amountOff, instancePath+"/amountOff"))){
errors = add(vErrors ??= [], validate27);
}
}
if(data.appliesTo !== undefined){
let data4 = data.appliesTo;
if(typeof data4 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/appliesTo", "type", {type: "string"}));
}
if(!((data4 === "items") || (data4 === "fulfillment"))){
errors = (vErrors ??= []).push(fault(instancePath+"/appliesTo", "enum", {allowedValues: ["items","fulfillment"]}));
}
}
if(data.products !== undefined){
let data5 = data.products;
if(Array.isArray(data5)){
if(data5.length > 1000){
errors = (vErrors ??= []).push(fault(instancePath+"/products", "maxItems", {limit: 1000}));
}
if(data5.length < 1){
errors = (vErrors ??= []).push(fault(instancePath+"/products", "minItems", {limit: 1}));
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/products/" + i0, "type", {type: "string"}));
}
if(!(validate22(data6, instancePath+"/products/" + i0))){
errors = add(vErrors ??= [], validate22);
}
}
let i1 = data5.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data5[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
errors = (vErrors ??= []).push(fault(instancePath+"/products", "uniqueItems", {i: i1, j: j0}));
break;
}
indices0[item0] = i1;
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/products", "type", {type: "array"}));
}
}
if(data.minimum !== undefined){
if(!(validate27(data.minimum, instancePath+"/minimum"))){
errors = add(vErrors ??= [], validate27);
}
}
if(data.startsAt !== undefined){
let data8 = data.startsAt;
if(typeof data8 === "string"){
if(!(formats4.test(data8))){
errors = (vErrors ??= []).push(fault(instancePath+"/startsAt", "format", {format: "date-time"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/startsAt", "type", {type: "string"}));
}
}
if(data.endsAt !== undefined){
let data9 = data.endsAt;
if(typeof data9 === "string"){
if(!(formats4.test(data9))){
errors = (vErrors ??= []).push(fault(instancePath+"/endsAt", "format", {format: "date-time"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/endsAt", "type", {type: "string"}));
}
}
if(data.usageLimit !== undefined){
let data10 = data.usageLimit;
if(!(Number.isInteger(data10))){
errors = (vErrors ??= []).push(fault(instancePath+"/usageLimit", "type", {type: "integer"}));
}
if(Number.isFinite(data10)){
if(data10 > 1000000000 || isNaN(data10)){
errors = (vErrors ??= []).push(fault(instancePath+"/usageLimit", "maximum", {limit: 1000000000}));
}
if(data10 < 0 || isNaN(data10)){
errors = (vErrors ??= []).push(fault(instancePath+"/usageLimit", "minimum", {limit: 0}));
}
}
}
if(data.combinable !== undefined){
if(typeof data.combinable !== "boolean"){
errors = (vErrors ??= []).push(fault(instancePath+"/combinable", "type", {type: "boolean"}));
}
}
if(data.priority !== undefined){
let data12 = data.priority;
if(!(Number.isInteger(data12))){
errors = (vErrors ??= []).push(fault(instancePath+"/priority", "type", {type: "integer"}));
}
if(Number.isFinite(data12)){
if(data12 > 1000000 || isNaN(data12)){
errors = (vErrors ??= []).push(fault(instancePath+"/priority", "maximum", {limit: 1000000}));
}
if(data12 < 0 || isNaN(data12)){
errors = (vErrors ??= []).push(fault(instancePath+"/priority", "minimum", {limit: 0}));
}
}
}
if(data.timesRedeemed !== undefined){
let data13 = data.timesRedeemed;
if(!(Number.isInteger(data13))){
errors = (vErrors ??= []).push(fault(instancePath+"/timesRedeemed", "type", {type: "integer"}));
}
if(Number.isFinite(data13)){
if(data13 < 0 || isNaN(data13)){
errors = (vErrors ??= []).push(fault(instancePath+"/timesRedeemed", "minimum", {limit: 0}));
}
}
}
if(data.updatedAt !== undefined){
if(!(validate57(data.updatedAt, instancePath+"/updatedAt"))){
errors = add(vErrors ??= [], validate57);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate62.errors = vErrors;
return errors === 0;
}

export const rules = {
    "^(?:\\d{8}|\\d{12,14})$": "must be 8, 12, 13 or 14 digits",
    "^(?!\\.{1,2}$)[!-.0-~]{1,64}$": "must be 1 to 64 visible ASCII characters without a slash",
    "^(?=.*[\\p{L}\\p{N}\\p{S}])[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$": "must show something, and not have control characters, lone surrogates or noncharacters",
    "^[a-z]{3}$": "must be a currency in lower case",
    "^(?:[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]|[\\n\\r\\t])*$": "must not have control characters but line breaks and tabs, lone surrogates or noncharacters",
    "^https?://": "must be a URL that begins with https:// or http://",
    "^(?!(?:__proto__|constructor)$)[\\p{L}\\p{N}_ -]{1,40}$": "must be 1 to 40 letters, digits, spaces, _ or -"
};
